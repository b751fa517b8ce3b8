import { commands, EventEmitter, type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient/node';
import { BackOff } from './backoff';
import { findExecutable, MissingExecutable } from './executable';
import { explainingDiagnostics } from './rule';
import { ownTokenTypes } from './tokens';

/** How it stands with the server. */
export type Status =
  | { kind: 'starting' }
  | { kind: 'running' }
  | { kind: 'waiting'; milliseconds: number }
  | { kind: 'stopped' }
  | { kind: 'failed'; reason: string };

/** Languages whose files may be articles; for what is none the server answers with nothing. */
const LANGUAGES = ['article', 'plaintext', 'markdown'];
const SCHEMES = ['file', 'untitled'];
/** The server's own files, whatever server there is for TOML and JSON beside it. */
const OWN_FILES = '**/{onrecord.toml,actors.toml,*baseline.json,*.article.json}';
const STOP_TIMEOUT = 2000;

/** The server's process and the client that speaks to it: started, kept running, stopped. */
export class Connection {
  private readonly changed = new EventEmitter<Status>();
  /** Fires when {@link status} changes. */
  readonly onDidChange = this.changed.event;
  private current: Status = { kind: 'stopped' };
  private running: LanguageClient | undefined;
  private readonly backOff = new BackOff();
  private timer: NodeJS.Timeout | undefined;
  /** Starts and stops happen one after another. */
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: ExtensionContext,
    private readonly output: LogOutputChannel,
  ) {
    context.subscriptions.push(
      this.changed,
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('onrecord.path') || event.affectsConfiguration('onrecord.logLevel')) {
          void this.restart();
        }
      }),
    );
  }

  get status(): Status {
    return this.current;
  }

  /** The client, while the server answers. */
  get client(): LanguageClient | undefined {
    return this.current.kind === 'running' ? this.running : undefined;
  }

  /** Starts the server, or starts it again. Resolves when it answers or could not be started. */
  restart(): Promise<void> {
    this.backOff.reset();
    return this.inTurn(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    clearTimeout(this.timer);
    this.queue = this.queue.then(work).catch((error: unknown) => this.output.error(String(error)));
    return this.queue;
  }

  private async begin(): Promise<void> {
    this.become({ kind: 'starting' });
    let client: LanguageClient | undefined;
    try {
      const command = await findExecutable(this.context);
      this.output.info(`Starting ${command}`);
      client = this.createClient(command);
      this.running = client;
      await client.start();
      this.become({ kind: 'running' });
    } catch (error) {
      if (error instanceof MissingExecutable) {
        this.become({ kind: 'failed', reason: error.message });
      } else if (client === undefined || this.running === client) {
        this.output.error(String(error));
        this.lost();
      }
    }
  }

  private async end(): Promise<void> {
    const client = this.running;
    this.running = undefined;
    if (client?.state === State.Running) {
      await client.stop(STOP_TIMEOUT);
    }
    await client?.dispose().catch(() => undefined);
    this.become({ kind: 'stopped' });
  }

  /** The server stopped, and nobody asked for it. */
  private lost(): void {
    this.running = undefined;
    const milliseconds = this.backOff.next(Date.now());
    if (milliseconds === undefined) {
      this.become({ kind: 'failed', reason: "Onrecord's server stopped six times in three minutes." });
      return;
    }
    this.become({ kind: 'waiting', milliseconds });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.inTurn(() => this.begin()), milliseconds);
  }

  private become(status: Status): void {
    this.current = status;
    this.changed.fire(status);
  }

  private createClient(command: string): LanguageClient {
    const level = workspace.getConfiguration('onrecord').get('logLevel', 'warn');
    const server: Executable = {
      command,
      args: ['server'],
      options: { env: { ...process.env, ONRECORD_LOG: level } },
    };
    let isLost = false;
    const options: LanguageClientOptions = {
      documentSelector: [
        ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
        { scheme: 'file', pattern: OWN_FILES },
      ],
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      synchronize: { configurationSection: 'onrecord' },
      middleware: { provideDiagnostics: explainingDiagnostics },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          if (!isLost && this.running === client) {
            isLost = true;
            // After the client has tidied up.
            setTimeout(() => this.lost(), 0);
          }
          return {
            action: CloseAction.DoNotRestart,
            handled: true,
            message: 'The connection to the server is closed.',
          };
        },
      },
    };
    const client = new LanguageClient('onrecord', 'Onrecord', server, options);
    client.registerFeature(ownTokenTypes);
    return client;
  }
}

/** Says to VS Code's `when` clauses that `key` is `value`. */
export function setContext(key: string, value: boolean): void {
  void commands.executeCommand('setContext', key, value);
}
