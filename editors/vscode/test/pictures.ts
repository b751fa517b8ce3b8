/** Takes the pictures of the documentation: the real window on the sample, light and dark. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GIVEN } from './code-server';
import { Window } from './window';

const FILES = Object.fromEntries(
  ['unga-resolution.txt', 'unga-resolution.article'].map((name) => [
    name,
    readFileSync(join(GIVEN.examples, name), 'utf8'),
  ]),
);
const LOOK = { width: 1180, height: 760, scale: 1.5 };
const QUIET = {
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.lineHeight': 22,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.iconTheme': 'vs-minimal',
  'onrecord.inlineMessages': 'all',
};

for (const theme of ['Light', 'Dark']) {
  const name = theme.toLowerCase();
  test(`pictures, ${name}`, async (context) => {
    const settings = { ...QUIET, 'workbench.colorTheme': `Default ${theme} Modern` };
    const window = await Window.open(FILES, { ...LOOK, settings });
    context.after(() => window.close());
    const { page } = window;
    const take = async (what: string) => {
      await page.waitForTimeout(700);
      await page.screenshot({ path: join(GIVEN.pictures ?? '.', `vscode-${what}${name}.png`) });
    };

    await window.show('unga-resolution.txt');
    await window.squiggle();
    await window.showSpeakers();
    await window.speakers.filter({ hasText: 'Diplomatic sources' }).first().waitFor();
    await take('');

    await window.speakers.filter({ hasText: 'the US is certainly keen' }).first().click();
    await window.hover('Shehbaz Sharif');
    await take('hover-');

    await window.showExplorer();
    await window.show('unga-resolution.article');
    await window.squiggle();
    await window.goToEnd();
    await page.keyboard.type('[Pakistan]{#s9 .source} said [no]{.claim by=s9 stance=');
    await page.keyboard.press('Control+Space');
    await page.waitForSelector('.suggest-widget.visible .monaco-list-row');
    await take('completion-');
  });
}
