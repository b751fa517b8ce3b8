import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';

const NAME = process.platform === 'win32' ? 'onrecord.exe' : 'onrecord';

/** Why there is no program to run, in words for a person. */
export class MissingExecutable extends Error {}

/**
 * The `onrecord` program to run: the one the settings name, the one that comes with the extension, or the
 * first on the `PATH`, in this order.
 *
 * @throws MissingExecutable
 */
export async function findExecutable(context: ExtensionContext): Promise<string> {
  const named = workspace.getConfiguration('onrecord').get('path', '').trim();
  if (named !== '') {
    const path = named.replace(/^~(?=$|[\\/])/, homedir());
    if (await canRun(path)) {
      return path;
    }
    throw new MissingExecutable(`The setting onrecord.path names '${named}', which cannot be run.`);
  }
  const bundled = context.asAbsolutePath(join('server', NAME));
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const path of [bundled, ...folders.map((folder) => join(folder, NAME))]) {
    if (await canRun(path)) {
      return path;
    }
  }
  throw new MissingExecutable('The onrecord program is neither in the extension nor on the PATH.');
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
