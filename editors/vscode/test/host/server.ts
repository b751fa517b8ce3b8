import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { diagnostics, open, until } from './editor';
import type { Tests } from './main';

const TEXT = 'It is believed that talks resume.\n';

/** The process ids of the server of this extension host. */
function servers(): number[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return all.split('\n').flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(parent) === process.pid && command?.endsWith('onrecord server') ? [Number(pid)] : [];
  });
}

export const serverTests: Tests = {
  'a server that is killed comes back, and so do its warnings': async () => {
    const { document } = await open('killed.article', TEXT);
    await diagnostics(document.uri, 1);
    const [before] = servers();
    assert.ok(before);
    process.kill(before, 'SIGKILL');
    await until('another server', () => servers().some((pid) => pid !== before));
    await diagnostics(document.uri, 1);
  },

  'the command restarts it': async () => {
    const { document } = await open('killed.article', TEXT);
    const before = servers();
    await vscode.commands.executeCommand('onrecord.restart');
    await until('another server', () => servers().length === 1 && servers()[0] !== before[0]);
    await diagnostics(document.uri, 1);
  },

  'another program can be named, and a wrong name is no end': async () => {
    const { document } = await open('killed.article', TEXT);
    const settings = vscode.workspace.getConfiguration('onrecord');
    await settings.update('path', '/nowhere/onrecord', vscode.ConfigurationTarget.Global);
    await diagnostics(document.uri, 0);
    await until('no server', () => servers().length === 0);
    await settings.update('path', undefined, vscode.ConfigurationTarget.Global);
    await diagnostics(document.uri, 1);
  },
};
