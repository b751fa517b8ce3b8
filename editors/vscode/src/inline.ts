import {
  ConfigurationTarget,
  commands,
  type DecorationOptions,
  type Diagnostic,
  type ExtensionContext,
  languages,
  Range,
  type TextEditor,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import { findings } from './rule';

type Extent = 'off' | 'paragraph' | 'all';

/** Longer than this a message is cut at a word: what reaches beyond the window cannot be read. */
const LONGEST = 60;

/** Messages at the end of a paragraph, since VS Code itself only underlines words. */
export function registerInlineMessages(context: ExtensionContext): void {
  const decoration = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 1.5em' },
  });
  const draw = (editor: TextEditor) => editor.setDecorations(decoration, messages(editor));
  const drawAll = () => window.visibleTextEditors.forEach(draw);
  context.subscriptions.push(
    decoration,
    window.onDidChangeVisibleTextEditors(drawAll),
    window.onDidChangeTextEditorSelection((event) => draw(event.textEditor)),
    languages.onDidChangeDiagnostics(drawAll),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('onrecord.inlineMessages')) {
        drawAll();
      }
    }),
    commands.registerCommand('onrecord.toggleInlineMessages', toggle),
  );
  drawAll();
}

function extent(editor: TextEditor | undefined): Extent {
  return workspace.getConfiguration('onrecord', editor?.document).get<Extent>('inlineMessages', 'paragraph');
}

async function toggle(): Promise<void> {
  const next = extent(window.activeTextEditor) === 'off' ? 'all' : 'off';
  await workspace.getConfiguration('onrecord').update('inlineMessages', next, ConfigurationTarget.Global);
}

function messages(editor: TextEditor): DecorationOptions[] {
  const shown = extent(editor);
  if (shown === 'off') {
    return [];
  }
  const lines = new Map<number, Diagnostic[]>();
  for (const finding of findings(editor.document.uri)) {
    const line = finding.range.end.line;
    if (line < editor.document.lineCount && (shown === 'all' || line === editor.selection.active.line)) {
      lines.set(line, [...(lines.get(line) ?? []), finding]);
    }
  }
  return [...lines].map(([line, found]) => {
    const { end } = editor.document.lineAt(line).range;
    found.sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));
    const [worst, ...others] = found.map(({ message }) => short(message));
    const contentText = `■ ${worst}${others.length > 0 ? ` +${others.length}` : ''}`;
    return { range: new Range(end, end), renderOptions: { after: { contentText } } };
  });
}

/** The first sentence, whole where it is not long. */
function short(message: string): string {
  const sentence = /^.*?[.?!](?= |$)/.exec(message)?.[0] ?? message;
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`;
}
