import {
  commands,
  type QuickPickItem,
  Range,
  SnippetString,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';

/** What words can be marked as, with the attributes such a span is of no use without. */
const CLASSES: (QuickPickItem & { attributes: (text: string) => string })[] = [
  {
    label: 'claim',
    detail: 'What is claimed.',
    attributes: (text) => `#${freeId(text, 'c')} .claim by=$1 stance=$2`,
  },
  { label: 'source', detail: 'Who is cited.', attributes: (text) => `#${freeId(text, 's')} .source$1` },
  { label: 'cue', detail: 'The reporting words.', attributes: () => '.cue for=$1' },
  { label: 'quote', detail: 'Words quoted.', attributes: (text) => `#${freeId(text, 'q')} .quote by=$1` },
  { label: 'actor', detail: 'A name or description of an actor.', attributes: () => '.actor ref=$1' },
  {
    label: 'own',
    detail: "The newsroom's own reporting: it stands behind this without a source.",
    attributes: () => '.own$1',
  },
  {
    label: 'missing',
    detail: 'An empty place where a mention was lost.',
    attributes: () => '.missing ref=$1',
  },
];

/** "Mark Selection As…". A key can be bound to one class: its name is the command's argument. */
export const registerMark = () =>
  commands.registerCommand('onrecord.mark', async (name?: unknown) => {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    const words = trimmed(editor);
    const problem = whyNot(editor.document, words);
    if (problem !== undefined) {
      void window.showWarningMessage(problem);
      return;
    }
    const possible = CLASSES.filter(({ label }) => words.isEmpty === (label === 'missing'));
    const chosen =
      possible.find(({ label }) => label === name) ??
      (await window.showQuickPick(possible, {
        placeHolder: words.isEmpty ? 'Nothing is selected: mark an empty place' : 'Mark the selection as',
      }));
    if (chosen !== undefined) {
      const text = editor.document.getText();
      const inside = editor.document.getText(words).replace(/[\\$}]/g, '\\$&');
      const snippet = `[${inside}]{${chosen.attributes(text)}}$0`;
      await editor.insertSnippet(new SnippetString(snippet), words);
      await commands.executeCommand('editor.action.triggerSuggest');
    }
  });

/** The selection without white space at its ends. */
function trimmed(editor: TextEditor): Range {
  const { document, selection } = editor;
  const text = document.getText(selection);
  const start = document.offsetAt(selection.start) + (text.length - text.trimStart().length);
  const end = Math.max(start, document.offsetAt(selection.end) - (text.length - text.trimEnd().length));
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** Why `words` can be no span. */
function whyNot(document: TextDocument, words: Range): string | undefined {
  const text = document.getText(words);
  if (/\n[ \t\r]*\n/.test(text)) {
    return 'A span stays in one paragraph. Mark each paragraph, with part-of for the further ones.';
  }
  let depth = 0;
  for (const [bracket] of text.matchAll(/(?<!\\)[[\]]/g)) {
    depth += bracket === '[' ? 1 : -1;
    if (depth < 0) {
      break;
    }
  }
  return depth === 0 ? undefined : 'Spans do not cross: select whole spans, or words inside one.';
}

/** The first of `s1`, `s2`, … that no span has. */
function freeId(text: string, letter: string): string {
  for (let number = 1; ; number++) {
    if (!new RegExp(`#${letter}${number}\\b`).test(text)) {
      return `${letter}${number}`;
    }
  }
}
