/** Takes the pictures of the documentation: the real window on the sample, light and dark. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { GIVEN } from './code-server';
import { Window } from './window';

const FILES = Object.fromEntries(
  ['unga-resolution.txt', 'unga-resolution.article'].map((name) => [
    name,
    readFileSync(join(GIVEN.examples, name), 'utf8'),
  ]),
);
const LOOK = { width: 1180, height: 760, scale: 1 };
const QUIET = {
  'editor.minimap.enabled': false,
  'editor.fontSize': 14,
  'editor.lineHeight': 22,
  'editor.cursorBlinking': 'solid',
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.iconTheme': 'vs-minimal',
  'onrecord.inlineMessages': 'all',
};

/** A window in a theme of VS Code's own, and what takes its picture. */
async function open(context: TestContext, theme: 'Light' | 'Dark') {
  const settings = { ...QUIET, 'workbench.colorTheme': `Default ${theme} Modern` };
  const window = await Window.open(FILES, { ...LOOK, settings });
  context.after(() => window.close());
  await window.show('unga-resolution.txt');
  await window.squiggle();
  await window.showSpeakers();
  await window.speakers.filter({ hasText: 'Diplomatic sources' }).first().waitFor();
  const take = async (name: string) => {
    let before: Buffer | undefined;
    let now = await window.page.screenshot();
    while (before === undefined || !now.equals(before)) {
      // Lenses come last.
      await window.page.waitForTimeout(2000);
      before = now;
      now = await window.page.screenshot();
    }
    writeFileSync(join(GIVEN.pictures ?? '.', `${name}.png`), now);
  };
  await window.page.waitForTimeout(3000);
  await window.scrollToTop();
  await take(`vscode-${theme.toLowerCase()}`);
  return { window, take };
}

test('light: the sample, and a completion', async (context) => {
  const { window, take } = await open(context, 'Light');
  await window.showExplorer();
  await window.show('unga-resolution.article');
  await window.squiggle();
  // The list would hide some.
  await window.command('Toggle Messages in the Text');
  await window.goToEnd();
  await window.page.keyboard.type('[Pakistan]{#s9 .source} said [no]{.claim by=s9 stance=');
  await window.page.keyboard.press('Control+Space');
  await window.page.waitForSelector('.suggest-widget.visible .monaco-list-row');
  await take('vscode-completion');
});

test('dark: the sample, and who somebody is', async (context) => {
  const { window, take } = await open(context, 'Dark');
  await window.speakers.filter({ hasText: 'the US is certainly keen' }).first().click();
  await window.hover('Joe Biden');
  await take('vscode-hover');
});
