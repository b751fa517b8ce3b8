import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { after, diagnostics, open, until } from './editor';
import type { Tests } from './main';

const ARTICLE = 'date 2022-10-09 It is believed that Greta Lindqvist left. Lindqvist runs the harbour.\n';

export const actorTests: Tests = {
  'a mistake in actors.toml is reported there, and in no other TOML file': async () => {
    const wrong = '[lee]\nnam = "Lee"\n';
    const article = await open('early.article', ARTICLE);
    await diagnostics(article.document.uri, 1);
    const other = await open('other.toml', wrong);
    const { document } = await open('actors.toml', wrong);
    // A server that reads the file answers at once.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const found = vscode.languages.getDiagnostics(document.uri);
    await vscode.workspace.fs.delete(document.uri);
    if (found.length === 0) {
      return 'the server does not read actors.toml';
    }
    assert.deepEqual(vscode.languages.getDiagnostics(other.document.uri), []);
    return undefined;
  },

  'the name at the cursor goes into actors.toml, which opens': async () => {
    const editor = await open('new.article', ARTICLE);
    await diagnostics(editor.document.uri, 1);
    const place = after(editor.document, 'that Greta ');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      new vscode.Range(place, place),
    );
    if (!actions.some(({ title }) => title.includes('actors.toml'))) {
      return 'the server does not offer to add actors';
    }
    editor.selection = new vscode.Selection(place, place);
    await vscode.commands.executeCommand('onrecord.addActor');
    const registry = await until('actors.toml', () => {
      const document = vscode.window.activeTextEditor?.document;
      return document?.uri.path.endsWith('/actors.toml') && document;
    });
    assert.match(registry.getText(), /name = "Greta Lindqvist"/);
    await registry.save();
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('workbench.action.closeOtherEditors');
    return undefined;
  },
};
