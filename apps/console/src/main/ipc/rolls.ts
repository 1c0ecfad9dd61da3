import { BrowserWindow, dialog, type WebContents } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import type { Rolls } from '../roll/rolls.ts';
import { handle } from './handle.ts';

const nothing = z.tuple([]);
const wish = z.strictObject({
  // A header takes no more than printable ASCII.
  token: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]*$/),
  keep: z.boolean(),
  refresh: z.boolean(),
});

export function handleRolls(rolls: Rolls): void {
  handle(CHANNELS.chooseRollFolder, nothing, async (_, contents) => rolls.choose(await folderOf(contents)));
  handle(CHANNELS.buildRoll, z.tuple([wish]), ([wanted]) => rolls.build(wanted));
  handle(CHANNELS.stopRoll, nothing, () => rolls.stop());
  handle(CHANNELS.writeRoll, nothing, () => rolls.write());
  handle(CHANNELS.forgetRollToken, nothing, () => rolls.forgetToken());
}

/** The window never names a path: the officer chooses one in the system's dialog; null when it is cancelled. */
async function folderOf(contents: WebContents): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(contents);
  const options: Electron.OpenDialogOptions = { properties: ['openDirectory'] };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}
