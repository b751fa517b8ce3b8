import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { CodeServer, GIVEN } from './code-server';

/** How a window looks. */
export interface Look {
  settings?: Record<string, unknown>;
  width?: number;
  height?: number;
  /** Pixels of a picture to one of the window. */
  scale?: number;
}

const PATIENCE = 10_000;
/** What has not moved for so many milliseconds stays where it is. */
const STILL = 250;
const START = 60_000;

/** VS Code's window, driven as a person would. */
export class Window {
  private constructor(
    readonly page: Page,
    private readonly server: CodeServer,
    private readonly browser: Browser,
  ) {}

  /** Opens a window on a folder that holds `files`. */
  static async open(files: Record<string, string>, look: Look = {}): Promise<Window> {
    const server = await CodeServer.start(look.settings);
    for (const [name, text] of Object.entries(files)) {
      server.write(name, text);
    }
    const browser = await startBrowser();
    const page = await browser.newPage({
      viewport: { width: look.width ?? 1200, height: look.height ?? 900 },
      deviceScaleFactor: look.scale ?? 1,
    });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(server.url());
    await page.waitForSelector('.monaco-workbench .explorer-folders-view .monaco-list-row', {
      timeout: START,
    });
    return new Window(page, server, browser);
  }

  /** Closes it, and leaves a picture of the last moment beside the compiled tests. */
  async close(): Promise<void> {
    await this.page.screenshot({ path: join(GIVEN.tests, '..', 'last.png') });
    await this.browser.close();
    this.server.stop();
  }

  /** The editor that has the focus or had it last, without the panels and views around it. */
  get editor(): Locator {
    return this.page.locator('.part.editor .editor-group-container.active');
  }

  /** The rows of the view Speakers, which {@link showSpeakers} opens. */
  get speakers(): Locator {
    return this.page.locator('.part.sidebar .monaco-list-row');
  }

  async showSpeakers(): Promise<void> {
    await this.page.locator('.part.activitybar a[aria-label="Onrecord"]').click();
    await this.speakers.first().waitFor();
    // Off the icon, which has a text of its own.
    await this.page.mouse.move(700, 5);
  }

  async showExplorer(): Promise<void> {
    await this.page.locator('.part.activitybar a[aria-label^="Explorer"]').click();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file of the folder and waits for its tab. */
  async show(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.waitForSelector(`.tab.active:has-text("${name}")`);
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** Waits for the first underlined words. */
  async squiggle(): Promise<Locator> {
    const squiggle = this.editor.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first();
    await squiggle.waitFor();
    return squiggle;
  }

  /** Shows the text from its beginning, what stands over its first line included. */
  async scrollToTop(): Promise<void> {
    const box = await this.editor.boundingBox();
    assert.ok(box);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.page.mouse.wheel(0, -100_000);
    await this.page.mouse.move(700, 5);
  }

  /** Puts the cursor where `line` (from 1) and `column` (from 1) are. */
  async goTo(line: number, column: number): Promise<void> {
    await this.editor.locator('.view-line').first().click();
    await this.page.keyboard.press('Control+g');
    await this.page.keyboard.type(`${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  async goToEnd(): Promise<void> {
    await this.editor.locator('.view-line').first().click();
    await this.page.keyboard.press('Control+End');
  }

  /**
   * Rests the pointer on `words` and returns what appears. Where the text moved below the pointer meanwhile, which ends
   * what was to appear, the pointer goes there again, as a person's would.
   */
  async hover(words: string): Promise<string> {
    // The editor's own: a hover of the side bar may still be fading.
    const hover = this.page.locator('.monaco-resizable-hover .monaco-hover:visible').first();
    const began = Date.now();
    for (;;) {
      const box = await this.placeOf(words);
      await this.page.mouse.move(0, 0);
      await this.page.mouse.move(box.x, box.y, { steps: 4 });
      const row = hover.locator('.hover-row').first();
      const appears = row.waitFor({ timeout: PATIENCE / 4 }).then(
        () => true,
        () => false,
      );
      if (await appears) {
        return hover.innerText();
      }
      assert.ok(Date.now() - began < PATIENCE, `nothing appears on '${words}'`);
    }
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget .input').first().waitFor();
    await this.page.keyboard.type(title);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** The text of the file in the active editor, as its lines are drawn. */
  async text(): Promise<string> {
    const lines = await this.editor.locator('.view-lines').first().innerText();
    return lines.replaceAll('\u00a0', ' ');
  }

  /** Waits until the text holds `part`. */
  async waitForText(part: string): Promise<void> {
    const began = Date.now();
    while (!(await this.text()).includes(part)) {
      assert.ok(Date.now() - began < PATIENCE, `'${part}' is not in:\n${await this.text()}`);
      await this.page.waitForTimeout(50);
    }
  }

  /**
   * The middle of the first place where `words` are drawn on one line, once they are and stay there: a lens that comes
   * later moves what stands below it.
   */
  private async placeOf(words: string): Promise<{ x: number; y: number }> {
    const began = Date.now();
    let before: { x: number; y: number } | undefined;
    for (;;) {
      const place = await this.findPlace(words);
      if (place !== undefined && place.x === before?.x && place.y === before.y) {
        return place;
      }
      before = place;
      assert.ok(Date.now() - began < PATIENCE, `'${words}' is not drawn:\n${await this.text()}`);
      await this.page.waitForTimeout(STILL);
    }
  }

  private findPlace(words: string): Promise<{ x: number; y: number } | undefined> {
    return this.editor
      .locator('.view-lines')
      .first()
      .evaluate((lines, words) => {
        for (const line of lines.querySelectorAll('.view-line')) {
          const at = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(words);
          if (at < 0) {
            continue;
          }
          // Words of several colours are drawn in several pieces.
          const range = document.createRange();
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          let begin = 0;
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const end = begin + (node.nodeValue ?? '').length;
            if (begin <= at && at < end) {
              range.setStart(node, at - begin);
            }
            if (at + words.length <= end) {
              range.setEnd(node, at + words.length - begin);
              break;
            }
            begin = end;
          }
          const box = range.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }
        return undefined;
      }, words);
  }
}
