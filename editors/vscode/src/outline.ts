import {
  type CancellationTokenSource,
  EventEmitter,
  type ExtensionContext,
  languages,
  type Range,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import {
  type DocumentSymbol,
  DocumentSymbolRequest,
  SymbolKind,
  CancellationTokenSource as TokenSource,
} from 'vscode-languageclient/node';
import { type Connection, setContext } from './connection';
import { findings } from './rule';

/** What somebody says in an article. */
export interface Claim {
  /** The beginning of what is claimed. */
  words: string;
  /** The reporting words, where there are any. */
  cue: string;
  range: Range;
}

/** Somebody who is on record, with what they say in text order. */
export interface Speaker {
  name: string;
  range: Range;
  claims: Claim[];
}

/** The speakers of the article in the active editor. */
export interface Outline {
  uri: Uri;
  speakers: Speaker[];
}

const PAUSE = 250;

/** Keeps the outline of the article in the active editor. */
export class Outlines {
  private readonly changed = new EventEmitter<void>();
  /** Fires when {@link current} changes, and when what is reported about its article does. */
  readonly onDidChange = this.changed.event;
  /** Nothing while the active editor shows no article. */
  current: Outline | undefined;
  private timer: NodeJS.Timeout | undefined;
  private asking: CancellationTokenSource | undefined;

  constructor(
    context: ExtensionContext,
    private readonly connection: Connection,
  ) {
    const shown = (uri: Uri) => window.activeTextEditor?.document.uri.toString() === uri.toString();
    context.subscriptions.push(
      this.changed,
      { dispose: () => clearTimeout(this.timer) },
      connection.onDidChange(() => this.refresh(0)),
      window.onDidChangeActiveTextEditor(() => this.refresh(0)),
      workspace.onDidOpenTextDocument((document) => shown(document.uri) && this.refresh(0)),
      workspace.onDidChangeTextDocument((event) => shown(event.document.uri) && this.refresh(PAUSE)),
      languages.onDidChangeDiagnostics((event) => event.uris.some(shown) && this.refresh(0)),
    );
    this.refresh(0);
  }

  private refresh(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), milliseconds);
  }

  private async ask(): Promise<void> {
    this.asking?.cancel();
    const asking = new TokenSource();
    this.asking = asking;
    const document = window.activeTextEditor?.document;
    // A panel or a view that takes the focus leaves what the person was reading.
    if (document === undefined && window.visibleTextEditors.length > 0) {
      return;
    }
    const outline = document && (await this.read(document, asking));
    if (!asking.token.isCancellationRequested) {
      this.current = outline;
      setContext('onrecord.isArticle', outline !== undefined);
      if (outline !== undefined) {
        // From now on: an icon that comes and goes with the active editor would be a nuisance.
        setContext('onrecord.hasArticles', true);
      }
      this.changed.fire();
    }
  }

  private async read(document: TextDocument, asking: CancellationTokenSource): Promise<Outline | undefined> {
    const { client } = this.connection;
    const isOurs = document.languageId === 'article';
    if (client === undefined) {
      return isOurs ? { uri: document.uri, speakers: [] } : undefined;
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const attached = client.getFeature(DocumentSymbolRequest.method).getProvider(document) !== undefined;
    const answer = attached
      ? await client
          .sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } }, asking.token)
          .catch(() => null)
      : null;
    const speakers = (answer ?? []).flatMap((symbol) =>
      'selectionRange' in symbol && symbol.kind === SymbolKind.Object ? [speaker(symbol)] : [],
    );
    const isArticle = isOurs || speakers.length > 0 || findings(document.uri).length > 0;
    return isArticle ? { uri: document.uri, speakers } : undefined;

    function speaker(symbol: DocumentSymbol): Speaker {
      const place = (part: DocumentSymbol) => client?.protocol2CodeConverter.asRange(part.selectionRange);
      return {
        name: symbol.name,
        range: place(symbol) as Range,
        claims: (symbol.children ?? []).map((claim) => ({
          words: claim.name,
          cue: claim.detail ?? '',
          range: place(claim) as Range,
        })),
      };
    }
  }
}
