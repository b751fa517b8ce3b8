/** What VS Code calls inside the extension host. */
import { actorTests } from './actors';
import { languageTests } from './language';
import { serverTests } from './server';
import { shownTests } from './shown';
import { speedTests } from './speed';

/** A test: its name and what it does; it returns why it was skipped, if it was. */
export type Tests = Record<string, () => Promise<string | undefined> | Promise<void>>;

export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of Object.entries<Tests[string]>({
    ...languageTests,
    ...actorTests,
    ...shownTests,
    ...speedTests,
    ...serverTests,
  })) {
    const began = performance.now();
    try {
      const skipped = await test();
      const took = `${Math.round(performance.now() - began)} ms`;
      console.log(skipped === undefined ? `ok: ${name} (${took})` : `skipped: ${name}: ${skipped}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED: ${name}\n${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }
  if (failed > 0) {
    throw new Error(`${failed} failed`);
  }
}
