import { type Browser, chromium, type Page } from 'playwright-core';

const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts Chromium: the one of the system, or the one `CHROMIUM` names. */
export async function startBrowser(): Promise<Browser> {
  const { existsSync } = await import('node:fs');
  const executablePath = process.env.CHROMIUM ?? PROGRAMS.find((program) => existsSync(program));
  if (executablePath === undefined) {
    throw new Error('Chromium is not here; install it, or name it in CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}

/** Newer versions of VS Code run tests in the window only where its page says so. */
export async function allowTests(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const before = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = before.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || value === null) {
        return value;
      }
      const settings = JSON.parse(value);
      settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
      return JSON.stringify(settings);
    };
  });
}
