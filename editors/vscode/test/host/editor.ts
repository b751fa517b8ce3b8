/** A person at the editor, as far as VS Code's API can play one. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

const PATIENCE = 15_000;

/** Waits until `look` finds something, and returns it. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
) {
  const began = Date.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    assert.ok(Date.now() - began < PATIENCE, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Writes `text` to a file of the open folder and shows it. */
export async function open(name: string, text: string): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const path = join(folder.uri.fsPath, name);
  writeFileSync(path, text);
  const document = await vscode.workspace.openTextDocument(path);
  return vscode.window.showTextDocument(document);
}

/** The diagnostics of ours, once there are `count`. */
export function diagnostics(uri: vscode.Uri, count: number): Promise<vscode.Diagnostic[]> {
  return until(`${count} diagnostics`, () => {
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'onrecord');
    return found.length === count && found;
  });
}

export function codeOf(diagnostic: vscode.Diagnostic): string | number | undefined {
  return typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
}

/** The place just after `before`, which stands in the document. */
export function after(document: vscode.TextDocument, before: string): vscode.Position {
  const at = document.getText().indexOf(before);
  assert.notEqual(at, -1, `'${before}' is not in the document`);
  return document.positionAt(at + before.length);
}

/** The text of the hovers at `position`. */
export async function hover(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  const texts = hovers.flatMap(({ contents }) => contents);
  return texts.map((text) => (typeof text === 'string' ? text : text.value)).join('\n');
}

export function completions(uri: vscode.Uri, position: vscode.Position): Thenable<vscode.CompletionList> {
  return vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, position);
}
