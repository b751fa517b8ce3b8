import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  commands,
  type Diagnostic,
  type ExtensionContext,
  languages,
  type QuickPickItem,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { DiagnosticProviderMiddleware } from 'vscode-languageclient/node';
import { findExecutable } from './executable';

const SCHEME = 'onrecord-rule';
const SOURCE = 'onrecord';

/** Puts the command "Explain Rule" in place, and the pages it shows. */
export function registerRules(context: ExtensionContext): void {
  const ask = async (...words: string[]) => {
    const command = await findExecutable(context);
    const { stdout } = await promisify(execFile)(command, ['rule', ...words], { windowsHide: true });
    return stdout;
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => ask(codeOf(uri)),
    }),
    commands.registerCommand('onrecord.explainRule', async (given?: unknown) => {
      const code = typeof given === 'string' ? given : await choose(() => ask('--all'));
      if (code !== undefined) {
        const page = Uri.from({ scheme: SCHEME, path: `/${code}.md` });
        await commands.executeCommand('markdown.showPreviewToSide', page);
      }
    }),
  );
}

/** The rule a diagnostic of ours is from, by its code. */
export function ruleCode(diagnostic: Diagnostic): string | undefined {
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
  return diagnostic.source === SOURCE && typeof code === 'string' ? code : undefined;
}

/** What the server reports about `uri`. */
export function findings(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === SOURCE);
}

/** Diagnostics whose code opens the rule's page here, without a browser or a network. */
export const explainingDiagnostics: NonNullable<DiagnosticProviderMiddleware['provideDiagnostics']> = async (
  document,
  previousResultId,
  token,
  next,
) => {
  const report = await next(document, previousResultId, token);
  for (const diagnostic of report && 'items' in report ? report.items : []) {
    const code = ruleCode(diagnostic);
    if (code !== undefined) {
      const parameters = encodeURIComponent(JSON.stringify([code]));
      diagnostic.code = { value: code, target: Uri.parse(`command:onrecord.explainRule?${parameters}`) };
    }
  }
  return report;
};

function codeOf(page: Uri): string {
  return page.path.replace(/^\/|\.md$/g, '');
}

/** Asks for a rule; those of the messages at the cursor come first. A line of `list` is one rule. */
async function choose(list: () => Promise<string>): Promise<string | undefined> {
  const here = codesAtCursor();
  const items = async (): Promise<QuickPickItem[]> => {
    const rules = (await list()).split('\n').flatMap((line) => {
      const [code, severity, name] = line.trim().split(/\s+/);
      return code && severity && name ? [{ label: code, description: name, detail: severity }] : [];
    });
    return rules.sort((a, b) => Number(here.includes(b.label)) - Number(here.includes(a.label)));
  };
  const [only] = here;
  if (only !== undefined && here.length === 1) {
    return only;
  }
  const chosen = await window.showQuickPick(items(), { placeHolder: 'Rule', matchOnDescription: true });
  return chosen?.label;
}

function codesAtCursor(): string[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const codes = findings(editor.document.uri)
    .filter((diagnostic) => diagnostic.range.contains(editor.selection.active))
    .map(ruleCode)
    .filter((code) => code !== undefined);
  return [...new Set(codes)];
}
