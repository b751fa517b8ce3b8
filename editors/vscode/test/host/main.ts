/** What VS Code calls inside the extension host. */
import { languageTests } from './language';
import { serverTests } from './server';
import { speedTests } from './speed';

/** A test: its name and what it does. */
export type Tests = Record<string, () => Promise<void>>;

export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of Object.entries<() => Promise<void>>({
    ...languageTests,
    ...speedTests,
    ...serverTests,
  })) {
    const began = performance.now();
    try {
      await test();
      console.log(`ok: ${name} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED: ${name}\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
}
