import {
  commands,
  DiagnosticSeverity,
  type ExtensionContext,
  MarkdownString,
  type QuickPickItem,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from 'vscode';
import type { Connection } from './connection';
import type { Outline, Outlines } from './outline';
import { findings, ruleCode } from './rule';

/** The status bar's item: what is reported about the article, or that the server is not there. */
export function registerStatus(context: ExtensionContext, connection: Connection, outlines: Outlines): void {
  const item = window.createStatusBarItem('onrecord.status', StatusBarAlignment.Left, 10);
  item.name = 'Onrecord';
  item.command = 'onrecord.showMenu';
  const show = () => draw(item, connection, outlines.current);
  context.subscriptions.push(
    item,
    outlines.onDidChange(show),
    connection.onDidChange(show),
    commands.registerCommand('onrecord.showMenu', showMenu),
  );
}

function draw(item: StatusBarItem, connection: Connection, outline: Outline | undefined): void {
  const { status } = connection;
  item.backgroundColor = undefined;
  if (status.kind === 'failed') {
    item.text = '$(error) Onrecord';
    item.tooltip = status.reason;
    item.backgroundColor = new ThemeColor('statusBarItem.errorBackground');
    item.show();
  } else if (outline === undefined) {
    item.hide();
  } else if (status.kind === 'running') {
    const found = findings(outline.uri);
    const warnings = found.filter(({ severity }) => severity <= DiagnosticSeverity.Warning).length;
    item.text = `$(megaphone) ${count(warnings, 'warning')}, ${count(outline.speakers.length, 'speaker')}`;
    item.tooltip = tooltip(outline, found.map(ruleCode));
    item.show();
  } else {
    item.text = '$(sync~spin) Onrecord';
    item.tooltip = status.kind === 'waiting' ? 'The server stopped and starts again.' : 'The server starts.';
    item.show();
  }
}

function tooltip(outline: Outline, codes: (string | undefined)[]): MarkdownString {
  const rules = new Map<string, number>();
  for (const code of codes.filter((code) => code !== undefined)) {
    rules.set(code, (rules.get(code) ?? 0) + 1);
  }
  const byRule = [...rules].sort().map(([code, times]) => `${code} ${times}`);
  const claims = outline.speakers.reduce((sum, speaker) => sum + speaker.claims.length, 0);
  return new MarkdownString(
    [
      `**Onrecord**: ${count(codes.length, 'message')}${byRule.length > 0 ? ` (${byRule.join(', ')})` : ''}`,
      `${count(outline.speakers.length, 'speaker')} on record for ${count(claims, 'claim')}`,
    ].join('\n\n'),
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

async function showMenu(): Promise<void> {
  const entries: (QuickPickItem & { command: string; argument?: string })[] = [
    { label: '$(warning) Show All Messages', command: 'workbench.actions.view.problems' },
    { label: '$(account) Show Speakers', command: 'onrecord.speakers.focus' },
    { label: '$(graph) Open Report in a Panel', command: 'onrecord.openReport' },
    { label: '$(book) Explain Rule…', command: 'onrecord.explainRule' },
    { label: '$(debug-restart) Restart Server', command: 'onrecord.restart' },
    { label: '$(output) Show Output', command: 'onrecord.showOutput' },
    {
      label: '$(gear) Open Settings',
      command: 'workbench.action.openSettings',
      argument: '@ext:onrecord.onrecord',
    },
  ];
  const chosen = await window.showQuickPick(entries, { placeHolder: 'Onrecord' });
  if (chosen !== undefined) {
    await commands.executeCommand(chosen.command, ...(chosen.argument ? [chosen.argument] : []));
  }
}
