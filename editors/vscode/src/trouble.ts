import { ConfigurationTarget, commands, type ExtensionContext, window, workspace } from 'vscode';
import type { Connection } from './connection';

const RESTART = 'Restart';
const CHOOSE = 'Choose Server…';
const OUTPUT = 'Show Output';

/** Says when there is no server, and offers ways out. */
export function registerTrouble(context: ExtensionContext, connection: Connection): void {
  context.subscriptions.push(
    connection.onDidChange(async (status) => {
      if (status.kind !== 'failed') {
        return;
      }
      const message = `${status.reason} Articles are not checked until it runs.`;
      const chosen = await window.showErrorMessage(message, RESTART, CHOOSE, OUTPUT);
      if (chosen === RESTART) {
        await connection.restart();
      } else if (chosen === CHOOSE) {
        await commands.executeCommand('onrecord.chooseServer');
      } else if (chosen === OUTPUT) {
        await commands.executeCommand('onrecord.showOutput');
      }
    }),
    commands.registerCommand('onrecord.chooseServer', async () => {
      const [file] = (await window.showOpenDialog({ title: 'The onrecord Program', openLabel: 'Use' })) ?? [];
      if (file !== undefined) {
        const settings = workspace.getConfiguration('onrecord');
        await settings.update('path', file.fsPath, ConfigurationTarget.Global);
      }
    }),
  );
}
