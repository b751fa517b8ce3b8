import { type ExtensionContext, languages, type TextDocument, workspace } from 'vscode';

/** The header of wire copy: the first non-blank line begins with the date. */
const WIRE = /^\uFEFF?\s*date[ \t]+\d{4}-\d\d-\d\d\b/;
const LONGEST_HEADER = 200;

/** Plain text that begins as wire copy does becomes an article, once: a person's own choice stays. */
export function registerRecognition(context: ExtensionContext): void {
  const decided = new Set<string>();
  const look = async (document: TextDocument) => {
    const uri = document.uri.toString();
    const isPlain = document.languageId === 'plaintext' && document.uri.scheme === 'file';
    if (!isPlain || decided.has(uri) || !workspace.getConfiguration('onrecord').get('recogniseArticles')) {
      return;
    }
    if (WIRE.test(document.getText().slice(0, LONGEST_HEADER))) {
      decided.add(uri);
      await languages.setTextDocumentLanguage(document, 'article');
    }
  };
  const forget = (closed: TextDocument) => {
    // A change of language closes a document too, and opens it again at once.
    const uri = closed.uri.toString();
    setTimeout(() => {
      if (!workspace.textDocuments.some((document) => document.uri.toString() === uri)) {
        decided.delete(uri);
      }
    }, 0);
  };
  context.subscriptions.push(workspace.onDidOpenTextDocument(look), workspace.onDidCloseTextDocument(forget));
  for (const document of workspace.textDocuments) {
    void look(document);
  }
}
