import { type CodeAction, CodeActionKind, commands, Range, type Uri, window, workspace } from 'vscode';

/** How the title of the server's fix ends that writes an actor into the registry. */
const REGISTERS = / to actors\.toml$/;

/** "Add Actor": the name at the cursor goes into `actors.toml`, which opens to be filled in. */
export const registerAddActor = () =>
  commands.registerCommand('onrecord.addActor', async () => {
    const editor = window.activeTextEditor;
    if (editor === undefined) {
      return;
    }
    const place = new Range(editor.selection.start, editor.selection.start);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      place,
      CodeActionKind.QuickFix.value,
    );
    const edit = actions.find(({ title }) => REGISTERS.test(title))?.edit;
    if (edit === undefined) {
      void window.showInformationMessage('Put the cursor on a name that no actors.toml has yet.');
      return;
    }
    await workspace.applyEdit(edit);
    const [uri] = edit.entries().flatMap(([changed, edits]) => (edits.length > 0 ? [changed] : []));
    if (uri !== undefined) {
      await showEnd(uri);
    }
  });

async function showEnd(uri: Uri): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const end = document.lineAt(document.lineCount - 1).range.end;
  await window.showTextDocument(document, { selection: new Range(end, end) });
}
