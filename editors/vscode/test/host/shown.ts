import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { open, until } from './editor';
import type { Tests } from './main';

const TEXT =
  'The deficit would fall, Maria Keller said on Monday.\n\n“We kept our word,” Keller said. She denied that the vote was lost.\n';

export const shownTests: Tests = {
  "an article's own tokens have their own types": async () => {
    const { document } = await open('shown.article', TEXT);
    const legend = await until('the legend', async () =>
      vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>(
        'vscode.provideDocumentSemanticTokensLegend',
        document.uri,
      ),
    );
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    const first = tokens.data[3];
    assert.ok(first !== undefined);
    assert.equal(legend.tokenTypes[first], 'actor');
  },

  'hints say whom a pronoun means, and a setting leaves them out': async () => {
    const { document } = await open('shown.article', TEXT);
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const labels = async () => {
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        all,
      );
      return hints.map(({ label }) => label).join(' ');
    };
    await until('both hints', async () => (await labels()) === '= Maria Keller → oppose?');
    const settings = vscode.workspace.getConfiguration('onrecord');
    await settings.update('hints.pronoun', false, vscode.ConfigurationTarget.Global);
    await until('one hint', async () => (await labels()) === '→ oppose?');
    await settings.update('hints.pronoun', undefined, vscode.ConfigurationTarget.Global);
  },

  'the command of a lens goes to a claim': async () => {
    const { document } = await open('shown.article', TEXT);
    const lens = await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses[0];
    });
    assert.equal(lens.command?.title, 'Maria Keller · 3 claims · 1 direct quote');
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await until('the claim', () => vscode.window.activeTextEditor?.selection.isEmpty === false);
    const { activeTextEditor: editor } = vscode.window;
    assert.match(editor?.document.getText(editor.selection) ?? '', /^The deficit would fall/);
  },
};
