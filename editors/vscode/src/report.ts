import {
  ColorThemeKind,
  commands,
  type ExtensionContext,
  ProgressLocation,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { Connection } from './connection';

/** The server's command; the extension's own has another name, since the client registers the server's. */
const SERVER_COMMAND = 'onrecord.report';
const OPEN_PLACE = 'onrecord.openPlace';
/** How the page asks for its dark colours, which are those of the desktop and not of VS Code. */
const DARK = '@media screen and (prefers-color-scheme: dark)';
/** A place in the page: a path and a line. What stands in it is escaped, so a text cannot make one. */
const PLACE = /<code>([^<]*):(\d+)<\/code>/g;

/** "Open Report": the figures over a folder's articles in a panel, each sentence leading to its article. */
export function registerReport(context: ExtensionContext, connection: Connection): void {
  let open: { panel: WebviewPanel; page: string; folder: WorkspaceFolder } | undefined;
  const draw = () => {
    if (open !== undefined) {
      open.panel.webview.html = fitted(open.page, open.folder.uri);
    }
  };
  context.subscriptions.push(
    window.onDidChangeActiveColorTheme(draw),
    commands.registerCommand(OPEN_PLACE, openPlace),
    commands.registerCommand('onrecord.openReport', async () => {
      const folder = await chooseFolder();
      if (folder === undefined) {
        return;
      }
      try {
        const page = await ask(connection, folder);
        if (open === undefined) {
          const panel = window.createWebviewPanel('onrecord.report', 'On the Record', ViewColumn.Active, {
            enableCommandUris: [OPEN_PLACE],
            enableFindWidget: true,
            localResourceRoots: [],
          });
          panel.onDidDispose(() => {
            open = undefined;
          });
          open = { panel, page, folder };
        }
        open = { panel: open.panel, page, folder };
        open.panel.reveal();
        draw();
      } catch (error) {
        void window.showWarningMessage(error instanceof Error ? error.message : String(error));
      }
    }),
  );
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const [first, second] = workspace.workspaceFolders ?? [];
  if (first === undefined) {
    void window.showInformationMessage('Open a folder of articles first.');
  }
  return second === undefined ? first : window.showWorkspaceFolderPick();
}

function ask(connection: Connection, folder: WorkspaceFolder): Thenable<string> {
  const { client } = connection;
  if (client === undefined) {
    throw new Error('The server is not running.');
  }
  const argument = { folder: client.code2ProtocolConverter.asUri(folder.uri), answer: 'html' };
  const title = 'Reading the articles…';
  return window.withProgress({ location: ProgressLocation.Notification, title }, () =>
    client.sendRequest<string>('workspace/executeCommand', {
      command: SERVER_COMMAND,
      arguments: [argument],
    }),
  );
}

/** The page with the colours of the window, and its places as links. */
function fitted(page: string, folder: Uri): string {
  const { kind } = window.activeColorTheme;
  const isDark = kind === ColorThemeKind.Dark || kind === ColorThemeKind.HighContrast;
  return page
    .replace(DARK, isDark ? '@media screen' : '@media not all')
    .replace(PLACE, (code, path, line) => {
      const parameters = [Uri.joinPath(folder, unescaped(path)).toString(), Number(line)];
      const uri = `command:${OPEN_PLACE}?${encodeURIComponent(JSON.stringify(parameters))}`;
      return `<a href="${uri.replaceAll("'", '%27')}">${code}</a>`;
    });
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

async function openPlace(uri: unknown, line: unknown): Promise<void> {
  if (typeof uri === 'string' && typeof line === 'number') {
    const place = new Range(line - 1, 0, line - 1, 0);
    await window.showTextDocument(Uri.parse(uri, true), { selection: place, viewColumn: ViewColumn.Beside });
  }
}
