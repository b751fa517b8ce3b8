import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the tests are given by the script that runs them. */
export const GIVEN = {
  /** The start of code-server, a script for Node. */
  codeServer: given('ONRECORD_TEST_CODE_SERVER'),
  /** The packed extension. */
  vsix: given('ONRECORD_TEST_VSIX'),
  /** The folder of the compiled tests. */
  tests: given('ONRECORD_TEST_FOLDER'),
  /** The repository's `examples`. */
  examples: given('ONRECORD_TEST_EXAMPLES'),
  /** Where pictures go. */
  pictures: process.env.ONRECORD_TEST_PICTURES,
};

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: run tests/vscode/run`);
  }
  return value;
}

/** Settings of a person who has just installed VS Code, without what speaks to the network. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
};

/** VS Code's server with the packed extension, on a profile and a folder of its own. */
export class CodeServer {
  private constructor(
    private readonly base: string,
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  /** The folder that is open, empty at first. */
  get folder(): string {
    return join(this.base, 'articles');
  }

  static async start(settings: Record<string, unknown> = {}): Promise<CodeServer> {
    const base = mkdtempSync(join(tmpdir(), 'onrecord-vscode-'));
    write(base, 'profile/User/settings.json', JSON.stringify({ ...SETTINGS, ...settings }));
    mkdirSync(join(base, 'articles'));
    const options = ['--user-data-dir', join(base, 'profile'), '--extensions-dir', join(base, 'extensions')];
    const command = [GIVEN.codeServer, ...options, '--config', join(base, 'config.yaml')];
    execFileSync(process.execPath, [...command, '--install-extension', GIVEN.vsix], { stdio: 'pipe' });
    const child = spawn(
      process.execPath,
      [
        ...command,
        ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-workspace-trust'],
        ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    return new CodeServer(base, child, await port(child));
  }

  /** The address that shows the folder; `payload` are options of VS Code's own. */
  url(payload: [string, string][] = []): string {
    const address = new URL(`http://127.0.0.1:${this.port}/`);
    address.searchParams.set('folder', this.folder);
    if (payload.length > 0) {
      address.searchParams.set('payload', JSON.stringify(payload));
    }
    return address.href;
  }

  /** Writes a file of the folder that is open. */
  write(name: string, text: string): void {
    write(this.folder, name, text);
  }

  stop(): void {
    if (this.process.pid !== undefined) {
      // With all the processes it started: it leads a group of its own.
      process.kill(-this.process.pid, 'SIGKILL');
    }
    rmSync(this.base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** The port `child` says that it listens on. */
function port(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (data: Buffer) => {
      said += data.toString();
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found?.[1] !== undefined) {
        resolve(Number(found[1]));
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => reject(new Error(`code-server ended with ${code}:\n${said}`)));
    setTimeout(() => reject(new Error(`code-server did not start:\n${said}`)), 60_000).unref();
  });
}
