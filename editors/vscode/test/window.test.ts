/** What a person sees and does in VS Code's window, with the packed extension. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { GIVEN } from './code-server';
import { Window } from './window';

const SAMPLE = readFileSync(join(GIVEN.examples, 'unga-resolution.txt'), 'utf8');
const FILES = {
  'sample.txt': SAMPLE,
  'fix.article': '"It is over, Lee said.\n',
  'last.article': `It is believed that the harbour ${'and the pier '.repeat(20)}closed.`,
  'tags.article': '[The vote failed]{.claim stance=}.\n',
};

let window: Window;

before(async () => {
  window = await Window.open(FILES);
});

after(() => window.close());

test('the sample has squiggles and wraps, its speakers and counts are there', async () => {
  await window.show('sample.txt');
  await window.squiggle();
  const { page } = window;
  await page.waitForSelector('.statusbar-item:has-text("warnings,")');
  await page.waitForSelector('.statusbar-item:has-text("Article")');
  await window.showSpeakers();
  await window.speakers.filter({ hasText: 'Diplomatic sources' }).first().waitFor();
  const lines = await window.editor.locator('.view-line').count();
  assert.ok(lines > SAMPLE.trim().split('\n').length / 2, 'long lines do not wrap');
});

test('a click on a claim selects it', async () => {
  await window.speakers.filter({ hasText: 'the US is certainly keen' }).first().click();
  await window.page.waitForSelector('.statusbar-item:has-text("selected")');
});

test('the pointer on a warning and on a name', async () => {
  const warning = await window.hover('It is believed');
  assert.match(warning, /hides who holds this/);
  assert.match(warning, /ATT02/);
  const name = await window.hover('Shehbaz Sharif');
  assert.match(name, /Prime Minister/);
});

test('the code of a warning opens the rule’s page', async () => {
  await window.hover('It is believed');
  await window.page.locator('.monaco-hover:visible a', { hasText: 'ATT02' }).first().click();
  const tab = window.page.locator('.tab', { hasText: 'Preview ATT02.md' });
  await tab.waitFor();
  await tab.locator('.codicon-close').click();
  await tab.waitFor({ state: 'detached' });
});

test('a completion is accepted', async () => {
  await window.showExplorer();
  await window.show('tags.article');
  await window.squiggle();
  await window.goTo(1, '[The vote failed]{.claim stance='.length + 1);
  await window.page.keyboard.type('opp');
  await window.page
    .locator('.suggest-widget.visible .monaco-list-row', { hasText: 'oppose' })
    .first()
    .waitFor();
  await window.page.keyboard.press('Tab');
  await window.waitForText('stance=oppose}');
});

test('behind a wrapped last line stands the code, since a message would run out of the window', async () => {
  await window.show('last.article');
  await window.squiggle();
  await window.page.waitForFunction(() =>
    [...document.querySelectorAll('.view-line span')].some(
      (span) => getComputedStyle(span, '::after').content === '"■ ATT02"',
    ),
  );
});

test('a quick fix is applied', async () => {
  await window.show('fix.article');
  await window.squiggle();
  await window.goTo(1, 1);
  await window.page.keyboard.press('Control+.');
  await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Put "' }).first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.waitForText('Lee said."');
});
