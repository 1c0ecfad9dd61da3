import { writeFile } from 'node:fs/promises';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import { z } from 'zod';
import type { SaveAnswer } from '../../shared/bridge.ts';
import { CHANNELS } from '../../shared/channels.ts';
import { safeFileName } from '../file-name.ts';
import { handle } from './handle.ts';

const MOST_BYTES = 200_000_000;

const nameSchema = z.string().min(1).max(300);
const contentSchema = z.union([
  z.string().max(MOST_BYTES),
  z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MOST_BYTES),
]);

export function handleFiles(): void {
  handle(CHANNELS.saveFile, z.tuple([nameSchema, contentSchema]), ([name, content], contents) =>
    save(contents, name, async () => content),
  );
  handle(CHANNELS.savePdf, z.tuple([nameSchema]), ([name], contents) =>
    save(contents, name, () =>
      contents.printToPDF({ printBackground: true, pageSize: 'A4', generateTaggedPDF: true }),
    ),
  );
}

/** The window never names a path: the officer chooses one in the system's dialog. */
async function save(
  contents: WebContents,
  name: string,
  content: () => Promise<string | Uint8Array>,
): Promise<SaveAnswer> {
  const window = BrowserWindow.fromWebContents(contents);
  const options = { defaultPath: safeFileName(name) };
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return 'cancelled';
  await writeFile(filePath, await content());
  return 'saved';
}
