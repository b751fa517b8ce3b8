/** What a person sees when there is no server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackOff } from '../src/backoff';
import { Window } from './window';

test('a server that is not there is said, with ways out', async (context) => {
  const settings = { 'onrecord.path': '/nowhere/onrecord' };
  const window = await Window.open({ 'a.article': 'It is believed that talks resume.\n' }, { settings });
  context.after(() => window.close());
  const { page } = window;
  await window.show('a.article');
  const message = page.locator('.notification-toast', {
    hasText: "'/nowhere/onrecord', which cannot be run",
  });
  await message.waitFor();
  for (const way of ['Restart', 'Choose Server…', 'Show Output']) {
    assert.ok(await message.getByRole('button', { name: way }).isVisible(), way);
  }
  await page.waitForSelector('.statusbar-item.error-kind:has-text("Onrecord")');
  await message.getByRole('button', { name: 'Show Output' }).click();
  await page.waitForSelector('.part.panel .output-view');
});

test('a server that stops is started ever later, and six times in three minutes is enough', () => {
  const backOff = new BackOff();
  const waits = [0, 1000, 2000, 3000, 4000, 5000].map((now) => backOff.next(now));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, undefined]);
  assert.equal(backOff.next(200_000), 500, 'what is long ago is forgotten');
  backOff.reset();
  assert.equal(backOff.next(200_001), 500);
});
