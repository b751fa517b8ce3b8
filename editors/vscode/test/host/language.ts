import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { after, codeOf, completions, diagnostics, hover, open, until } from './editor';
import type { Tests } from './main';

const WIRE =
  'date 2022-10-09 Prime Minister Shehbaz Sharif met leaders.\n\n𝄞 É It is believed that talks resume.\n';

export const languageTests: Tests = {
  'wire copy in plain text opens as an article, its warnings counted in UTF-16 units': async () => {
    const { document } = await open('wire.txt', WIRE);
    await until('the language', () => document.languageId === 'article');
    const [found] = await diagnostics(document.uri, 1);
    assert.ok(found);
    assert.equal(codeOf(found), 'ATT02');
    assert.equal(document.getText(found.range), 'It is believed');
    assert.equal(found.range.start.character, 5);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
  },

  'the code of a warning opens its page here': async () => {
    const { document } = await open('wire.txt', WIRE);
    const [found] = await diagnostics(document.uri, 1);
    assert.ok(typeof found?.code === 'object');
    assert.equal(found.code.target.scheme, 'command');
    await vscode.commands.executeCommand('onrecord.explainRule', 'ATT02');
    const page = vscode.Uri.parse('onrecord-rule:/ATT02.md');
    assert.match((await vscode.workspace.openTextDocument(page)).getText(), /^# ATT02: impersonal-passive/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },

  'a text that is no article is left alone': async () => {
    const { document } = await open('letter.txt', 'Dear all,\n\nIt is believed that lunch is at noon.\n');
    const article = await open('other.article', 'It is believed that talks resume.\n');
    await diagnostics(article.document.uri, 1);
    assert.equal(document.languageId, 'plaintext');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  },

  'a name has the office of the date': async () => {
    const { document } = await open('wire.txt', WIRE);
    await diagnostics(document.uri, 1);
    const said = await hover(document.uri, after(document, 'Shehbaz '));
    assert.match(said, /Prime Minister/);
    assert.match(said, /since|2022/);
  },

  'Markdown with the header of an article is one, and stays Markdown': async () => {
    const text = '---\ndate: 2022-10-09\noutlet: Tribune\n---\nIt is believed that talks resume.\n';
    const { document } = await open('page.md', text);
    await diagnostics(document.uri, 1);
    assert.equal(document.languageId, 'markdown');
  },

  'the language a person chooses stays': async () => {
    const { document } = await open('chosen.txt', WIRE);
    await until('the language', () => document.languageId === 'article');
    const chosen = await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await diagnostics(document.uri, 1);
    assert.equal(chosen.languageId, 'plaintext');
  },

  'stances are offered inside braces, each with its meaning': async () => {
    const { document } = await open('tags.article', '[the vote failed]{.claim stance=}\n');
    const { items } = await completions(document.uri, after(document, 'stance='));
    assert.deepEqual(
      items.slice(0, 3).map(({ label }) => (typeof label === 'string' ? label : label.label)),
      ['support', 'oppose', 'neutral'],
    );
  },

  'a quick fix changes the text': async () => {
    const { document } = await open('fix.article', '"It is over, Lee said.\n');
    const [found] = await diagnostics(document.uri, 1);
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const [action] = actions.filter(({ edit }) => edit !== undefined);
    assert.ok(action?.edit, `no fix among ${actions.map(({ title }) => title).join(', ')}`);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    await diagnostics(document.uri, 0);
  },

  'speakers and their claims are in the outline': async () => {
    const { document } = await open('out.article', '[Lee]{#s1 .source} said [it failed]{.claim by=s1}.\n');
    const symbols = await until('an outline', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found !== undefined && found.length > 0 && found;
    });
    assert.equal(symbols[0]?.name, 'Lee');
    assert.deepEqual(
      symbols[0]?.children.map(({ name }) => name),
      ['it failed'],
    );
  },

  'words are marked as what they are': async () => {
    const editor = await open('mark.article', 'Lee said it failed.\n');
    editor.selection = new vscode.Selection(0, 9, 0, 19);
    editor.selection = new vscode.Selection(new vscode.Position(0, 8), new vscode.Position(0, 18));
    await vscode.commands.executeCommand('onrecord.mark', 'claim');
    assert.equal(
      editor.document.lineAt(0).text,
      '[Lee]{#s1 .source anon=named} said [it failed]{#c1 .claim by=s1 stance=}.',
    );
  },

  'an article is annotated in drafts, which are accepted and removed': async () => {
    const text = 'Pakistan condemned the raid.\n';
    const editor = await open('annotate.article', text);
    const { document } = editor;
    await vscode.commands.executeCommand('onrecord.annotateArticle');
    assert.match(document.getText(), /^\[Pakistan\]\{#s1 \.source \.draft .*ref=pak\}/);
    const at = new vscode.Position(0, document.getText().indexOf('the raid'));
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('onrecord.acceptDraft');
    assert.match(document.getText(), /\[the raid\]\{#c1 \.claim by=s1 stance=oppose\}/);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('onrecord.removeArticleDrafts');
    assert.equal(document.getText(), text);
  },

  'a rule that the settings ignore is silent at once, and speaks again': async () => {
    const { document } = await open('wire.txt', WIRE);
    await diagnostics(document.uri, 1);
    const settings = vscode.workspace.getConfiguration('onrecord');
    await settings.update('ignore', ['ATT'], vscode.ConfigurationTarget.Global);
    await diagnostics(document.uri, 0);
    await settings.update('ignore', undefined, vscode.ConfigurationTarget.Global);
    await diagnostics(document.uri, 1);
  },
};
