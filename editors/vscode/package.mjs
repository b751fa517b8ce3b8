/**
 * Packs the extension with the server inside.
 *
 *   npm run package                                for this machine; builds the server first
 *   npm run package -- --server FILE               with this program
 *   npm run package -- --target T --server FILE    for another platform; the script package-all knows them
 *   npm run package -- --out FILE                  to this file; otherwise to target/vscode/onrecord-TARGET.vsix
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const builds = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const thisPlatform = `${process.platform}-${process.arch}`;
const { values } = parseArgs({
  options: {
    server: { type: 'string' },
    target: { type: 'string', default: thisPlatform },
    out: { type: 'string' },
  },
});
const { target } = values;
const program = target.startsWith('win32') ? 'onrecord.exe' : 'onrecord';

/** Copies a file of the repository to `to` in the extension. */
function bring(from, to) {
  mkdirSync(dirname(join(here, to)), { recursive: true });
  copyFileSync(from, join(here, to));
}

function buildServer() {
  if (target !== thisPlatform) {
    throw new Error(`For ${target} name the program with --server.`);
  }
  execFileSync('cargo', ['build', '--release', '--locked'], { cwd: root, stdio: 'inherit' });
  return join(builds, 'release', program);
}

for (const folder of ['dist', 'server', 'sample']) {
  rmSync(join(here, folder), { recursive: true, force: true });
}
await build({
  absWorkingDir: here,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: true,
});
bring(values.server ? resolve(values.server) : buildServer(), `server/${program}`);
chmodSync(join(here, 'server', program), 0o755);
bring(join(root, 'examples/unga-resolution.txt'), 'sample/unga-resolution.txt');
bring(join(root, 'LICENSE-MIT'), 'LICENSE');
bring(join(root, 'LICENSE-SCOWL'), 'LICENSE-SCOWL');
bring(join(root, 'LICENSE-WORDNET'), 'LICENSE-WORDNET');

const out = resolve(values.out ?? join(builds, 'vscode', `onrecord-${target}.vsix`));
mkdirSync(dirname(out), { recursive: true });
const vsce = join(here, 'node_modules/@vscode/vsce/vsce');
execFileSync(process.execPath, [vsce, 'package', '--no-dependencies', '--target', target, '--out', out], {
  cwd: here,
  stdio: 'inherit',
});
