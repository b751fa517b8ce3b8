/** Runs what is under `host/` inside VS Code's extension host, with the packed extension installed. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { allowTests, startBrowser } from './browser';
import { CodeServer, GIVEN } from './code-server';

const PATIENCE = 120_000;

test('in the extension host', { timeout: PATIENCE }, async (context) => {
  const server = await CodeServer.start();
  context.after(() => server.stop());
  const browser = await startBrowser();
  context.after(() => browser.close());

  // VS Code runs tests for an extension that is being developed: an empty one, beside the installed one.
  const empty = join(server.folder, '..', 'empty');
  mkdirSync(empty);
  const manifest = { name: 'empty', publisher: 'test', version: '1.0.0', engines: { vscode: '*' } };
  writeFileSync(join(empty, 'package.json'), JSON.stringify(manifest));

  const page = await browser.newPage();
  await allowTests(page);
  const ended = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', async (code: number) => resolve(code));
  });
  await page.exposeFunction('codeAutomationLog', (_: string, words: unknown[]) => console.log(...words));
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  await page.goto(
    server.url([
      ['extensionDevelopmentPath', remote(empty)],
      ['extensionTestsPath', remote(join(GIVEN.tests, 'host', 'main.js'))],
      ['skipWelcome', 'true'],
    ]),
  );
  assert.equal(await ended, 0, 'a test in the extension host failed');
});
