import { type CodeAction, commands, Range, type TextEditor, window, workspace } from 'vscode';

/** What the server does to a whole article, or to the drafts at the cursor or in the selection. */
const COMMANDS = [
  {
    command: 'onrecord.annotateArticle',
    kind: 'source.onrecord.annotate',
    nothing: 'There is nothing to annotate here that is not annotated already.',
  },
  {
    command: 'onrecord.removeArticleDrafts',
    kind: 'source.onrecord.removeDrafts',
    nothing: 'There are no drafts in this article.',
  },
  {
    command: 'onrecord.acceptDraft',
    kind: 'refactor.rewrite.acceptDraft',
    nothing: 'Put the cursor in a draft, or select some.',
  },
];

/** "Annotate This Article", "Remove Drafts", "Accept Draft". */
export const registerAnnotate = () =>
  COMMANDS.map(({ command, kind, nothing }) =>
    commands.registerCommand(command, async () => {
      const editor = window.activeTextEditor;
      if (editor === undefined) {
        return;
      }
      const [action] = await offered(editor, editor.selection, kind);
      if (action?.edit === undefined) {
        void window.showInformationMessage(nothing);
      } else {
        await workspace.applyEdit(action.edit);
      }
    }),
  );

/** How many actions come with edits that the server makes only when they are asked for. */
const RESOLVED = 1;

/** The actions of `kind` that the server offers for `range`. */
export async function offered(editor: TextEditor, range: Range, kind: string): Promise<CodeAction[]> {
  const { uri } = editor.document;
  const place = new Range(range.start, range.end);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    place,
    kind,
    RESOLVED,
  );
  return actions.filter((action) => action.kind?.value === kind);
}
