import { type ExtensionContext, Range, type TextEditor, window, workspace } from 'vscode';

/** The attributes of a span, with the bracket before them. */
const MARKUP = /\]\{[^{}\n]*\}/g;

/** Lets the attributes of spans step back, so that an annotated article reads as an article. */
export function registerMarkup(context: ExtensionContext): void {
  const faint = window.createTextEditorDecorationType({ opacity: '0.55' });
  const draw = (editor: TextEditor) => {
    const { document } = editor;
    if (document.languageId === 'article') {
      const places = [...document.getText().matchAll(MARKUP)].map(({ index, 0: { length } }) => {
        return new Range(document.positionAt(index), document.positionAt(index + length));
      });
      editor.setDecorations(faint, places);
    }
  };
  const drawAll = () => window.visibleTextEditors.forEach(draw);
  context.subscriptions.push(
    faint,
    window.onDidChangeVisibleTextEditors(drawAll),
    workspace.onDidOpenTextDocument(drawAll),
    workspace.onDidChangeTextDocument(({ document }) => {
      window.visibleTextEditors.filter((editor) => editor.document === document).forEach(draw);
    }),
  );
  drawAll();
}
