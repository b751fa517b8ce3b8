import type { StaticFeature } from 'vscode-languageclient/node';

/** The types of an article's own, which `package.json` declares with their colours. */
const TYPES = ['actor', 'source', 'cue', 'claim', 'quote', 'own', 'missing'];

/** Tells the server that the types of an article's own have colours here; else it names standard ones. */
export const ownTokenTypes: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.textDocument?.semanticTokens?.tokenTypes.push(...TYPES);
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};
