import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnostics, open, until } from './editor';
import type { Tests } from './main';

const ARTICLE =
  'date 2026-03-02 The pier was closed on Monday. It is believed that it leaks.\n\nGreta Lindqvist said it does not.\n';

/** The title of the tab in front, when it is a panel of ours. */
function panel(): string | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  const isOurs =
    tab?.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith('onrecord.report');
  return isOurs ? tab.label : undefined;
}

export const reportTests: Tests = {
  'the report opens in a panel, and once': async () => {
    const { document } = await open('pier.article', ARTICLE);
    await diagnostics(document.uri, 1);
    const all = await vscode.commands.getCommands(true);
    if (!all.includes('onrecord.report')) {
      return 'the server makes no report';
    }
    await vscode.commands.executeCommand('onrecord.openReport');
    assert.equal(await until('the panel', panel), 'On the Record');
    await vscode.commands.executeCommand('onrecord.openReport');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter(({ label }) => label === 'On the Record').length, 1);
    return undefined;
  },

  'a place of the report opens the article at its line': async () => {
    const { document } = await open('pier.article', ARTICLE);
    await vscode.commands.executeCommand('onrecord.openPlace', document.uri.toString(), 3);
    const editor = await until('the article', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.selection.active.line === 2 && editor;
    });
    assert.equal(editor.document.uri.toString(), document.uri.toString());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },
};
