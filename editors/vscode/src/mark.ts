import {
  commands,
  type QuickPickItem,
  Range,
  SnippetString,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';
import { offered } from './annotate';

/** What words can be marked as; the server knows the attributes. */
const CLASSES: QuickPickItem[] = [
  { label: 'claim', detail: 'What is claimed.' },
  { label: 'source', detail: 'Who is cited.' },
  { label: 'cue', detail: 'The reporting words.' },
  { label: 'quote', detail: 'Words quoted.' },
  { label: 'actor', detail: 'A name or description of an actor.' },
  { label: 'own', detail: "The newsroom's own reporting: it stands behind this without a source." },
];
const MISSING: QuickPickItem = { label: 'missing', detail: 'An empty place where a mention was lost.' };

/** "Mark Selection As…". A key can be bound to one class: its name is the command's argument. */
export const registerMark = () =>
  commands.registerCommand('onrecord.mark', async (name?: unknown) => {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    const words = trimmed(editor);
    if (leavesParagraph(editor.document, words)) {
      void window.showWarningMessage(
        'A span stays in one paragraph. Mark each paragraph, with part-of for the further ones.',
      );
      return;
    }
    const possible = words.isEmpty ? [MISSING] : CLASSES;
    const chosen =
      possible.find(({ label }) => label === name) ??
      (await window.showQuickPick(possible, {
        placeHolder: words.isEmpty ? 'Nothing is selected: mark an empty place' : 'Mark the selection as',
      }));
    if (chosen === undefined) {
      return;
    }
    if (chosen === MISSING) {
      await editor.insertSnippet(new SnippetString('[]{.missing ref=$1}$0'), words);
    } else if (!(await mark(editor, words, chosen.label))) {
      void window.showWarningMessage(
        `These words cannot be marked as ${chosen.label}. Spans do not cross: select whole spans, or words inside one.`,
      );
      return;
    }
    await commands.executeCommand('editor.action.triggerSuggest');
  });

/** Marks `words` as the server does, with tab stops where it leaves a value empty; false where it does not. */
async function mark(editor: TextEditor, words: Range, name: string): Promise<boolean> {
  const { document } = editor;
  const [action] = await offered(editor, words, `refactor.rewrite.mark.${name}`);
  const edits = [...(action?.edit?.get(document.uri) ?? [])];
  const [first] = edits;
  if (first === undefined) {
    return false;
  }
  edits.sort((a, b) => a.range.start.compareTo(b.range.start));
  const whole = edits.reduce((range, edit) => range.union(edit.range), first.range);
  let snippet = '';
  let done = whole.start;
  let stops = 0;
  for (const { range, newText } of edits) {
    snippet += literal(document.getText(new Range(done, range.start)));
    snippet += literal(newText).replace(/=(?=[ \\])/g, () => `=$${++stops}`);
    done = range.end;
  }
  await editor.insertSnippet(new SnippetString(`${snippet}$0`), whole);
  return true;
}

/** `text` as a snippet has it. */
const literal = (text: string) => text.replace(/[\\$}]/g, '\\$&');

/** The selection without white space at its ends. */
function trimmed(editor: TextEditor): Range {
  const { document, selection } = editor;
  const text = document.getText(selection);
  const start = document.offsetAt(selection.start) + (text.length - text.trimStart().length);
  const end = Math.max(start, document.offsetAt(selection.end) - (text.length - text.trimEnd().length));
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** Whether `words` run over the end of a paragraph. */
const leavesParagraph = (document: TextDocument, words: Range) =>
  /\n[ \t\r]*\n/.test(document.getText(words));
