/**
 * Compiles the tests and runs them in VS Code.
 *
 *   node test/run.mjs CODE_SERVER VSIX [FILTER]
 *
 * FILTER keeps the files whose name holds it: `manifest`, `host`, `window`, `pictures`. Pictures are taken only when asked for.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const compiled = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target', 'vscode/tests');
const [codeServer, vsix, filter = '.test'] = process.argv.slice(2);

const files = readdirSync(here).filter(
  (name) => /\.test\.ts$|^pictures\.ts$/.test(name) && name.includes(filter),
);
rmSync(compiled, { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: [...files, 'host/main.ts'],
  outdir: compiled,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode', 'playwright-core'],
  sourcemap: 'inline',
});
const outputs = files.map((name) => join(compiled, name.replace(/ts$/, 'js')));
const options = ['--enable-source-maps', '--test', '--test-reporter', 'spec', '--test-concurrency', '1'];
const done = spawnSync(process.execPath, [...options, ...outputs], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_PATH: join(here, '../node_modules'),
    ONRECORD_TEST_CODE_SERVER: resolve(codeServer),
    ONRECORD_TEST_VSIX: resolve(vsix),
    ONRECORD_TEST_FOLDER: compiled,
    ONRECORD_TEST_EXAMPLES: join(root, 'examples'),
    ONRECORD_TEST_PICTURES: join(root, 'docs/pictures'),
  },
});
process.exit(done.status ?? 1);
