/** Onrecord in VS Code: starts the server, and shows what the protocol has no place for. */
import { commands, type ExtensionContext, Uri, window, workspace } from 'vscode';
import { registerAddActor } from './actor';
import { registerAnnotate } from './annotate';
import { Connection } from './connection';
import { registerInlineMessages } from './inline';
import { registerMark } from './mark';
import { registerMarkup } from './markup';
import { Outlines } from './outline';
import { registerRecognition } from './recognise';
import { registerRules } from './rule';
import { registerSpeakers } from './speakers';
import { registerStatus } from './status';
import { registerTrouble } from './trouble';

let connection: Connection | undefined;

export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel('Onrecord', { log: true });
  const server = new Connection(context, output);
  connection = server;
  const outlines = new Outlines(context, server);
  registerSpeakers(context, outlines);
  registerStatus(context, server, outlines);
  registerTrouble(context, server);
  registerInlineMessages(context);
  registerMarkup(context);
  registerRules(context);
  registerRecognition(context);
  context.subscriptions.push(
    output,
    registerMark(),
    ...registerAnnotate(),
    registerAddActor(),
    commands.registerCommand('onrecord.restart', () => server.restart()),
    commands.registerCommand('onrecord.showOutput', () => output.show(true)),
    commands.registerCommand('onrecord.openSample', () => openSample(context)),
  );
  void server.restart();
}

export function deactivate(): Promise<void> | undefined {
  return connection?.stop();
}

/** Opens the sample as a text of its own, to be changed at will. */
async function openSample(context: ExtensionContext): Promise<void> {
  const sample = Uri.joinPath(context.extensionUri, 'sample', 'unga-resolution.txt');
  const content = new TextDecoder().decode(await workspace.fs.readFile(sample));
  const document = await workspace.openTextDocument({ language: 'article', content });
  await window.showTextDocument(document);
}
