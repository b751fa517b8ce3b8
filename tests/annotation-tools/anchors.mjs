// What Apache Annotator, the library of the Web Annotation standard's own selectors, finds in a text.
//
//   node anchors.mjs MODULES FILE.txt FILE.json
//
// MODULES is a folder of npm packages. Prints a JSON line an annotation: what the quote selector finds and what the
// position selector finds, each the list of ranges with their words, in UTF-16 units.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, textFile, pageFile] = process.argv.slice(2);
const found = createRequire(pathToFileURL(`${modules}/`));
const { JSDOM } = found("jsdom");
const window = new JSDOM("<!doctype html><pre></pre>").window;
for (const name of ["Node", "NodeFilter", "Range", "document"]) globalThis[name] = window[name];
const dom = await import(pathToFileURL(found.resolve("@apache-annotator/dom")));

const scope = window.document.querySelector("pre");
scope.textContent = readFileSync(textFile, "utf-8");

async function all(matches) {
  const out = [];
  for await (const range of matches) {
    out.push([range.startOffset, range.endOffset, range.toString()]);
  }
  return out;
}

for (const item of JSON.parse(readFileSync(pageFile, "utf-8")).items) {
  const selector = (type) => item.target.selector.find((one) => one.type === type);
  const quote = selector("TextQuoteSelector");
  const position = selector("TextPositionSelector");
  const result = {
    quote: quote.exact === "" ? null : await all(dom.createTextQuoteSelectorMatcher(quote)(scope)),
    position: await all(dom.createTextPositionSelectorMatcher(position)(scope)),
  };
  console.log(JSON.stringify(result));
}
