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
import { findings, ruleCode } from './rule';

type Extent = 'off' | 'paragraph' | 'all';

/** Characters there is room for in a row: on the blank line below a paragraph, and behind a line that is not wrapped. */
const ROOM = 80;
/** Less than this is too little for a sentence. */
const ROOM_FOR_WORDS = 40;

/** Messages below a paragraph, since VS Code itself only underlines words. */
export function registerInlineMessages(context: ExtensionContext): void {
  const decoration = window.createTextEditorDecorationType({
    after: { color: new ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 1ch' },
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
    found.sort((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));
    const { document } = editor;
    const below = line + 1 < document.lineCount ? document.lineAt(line + 1) : undefined;
    const isBelow = below?.isEmptyOrWhitespace === true;
    const { end } = (isBelow ? below : document.lineAt(line)).range;
    // Where the last row of a wrapped line ends is not known, and what reaches beyond the window cannot be read.
    const room = isBelow ? ROOM : ROOM - end.character;
    const contentText =
      room < ROOM_FOR_WORDS
        ? codes(found)
        : joined(
            found.map(({ message }) => message),
            room,
          );
    return { range: new Range(end, end), renderOptions: { after: { contentText } } };
  });
}

/** The rules that speak, each once. */
function codes(found: Diagnostic[]): string {
  return `■ ${[...new Set(found.map((finding) => ruleCode(finding) ?? ''))].join(' ')}`;
}

/** The first sentences of as many messages as there is room for, and the number of the others. */
function joined(messages: string[], room: number): string {
  let out = '';
  for (const [index, message] of messages.entries()) {
    const text = `■ ${firstSentence(message, room)}`;
    if (index > 0 && out.length + text.length > room) {
      return `${out}  +${messages.length - index}`;
    }
    out += index > 0 ? `  ${text}` : text;
  }
  return out;
}

function firstSentence(message: string, room: number): string {
  const sentence = /^.*?[.?!](?= |$)/.exec(message)?.[0] ?? message;
  return sentence.length <= room ? sentence : `${sentence.slice(0, room).replace(/\s+\S*$/, '')}…`;
}
