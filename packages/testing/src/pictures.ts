/** Pictures of pages for people to look at. Taking them costs more than what most tests look at. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(import.meta.dirname, '../../../artifacts');

/** Whether pictures are kept: `ELEKTO_PICTURES=1 npm run vitest -- run <file>`. */
export const KEEPS_PICTURES = process.env['ELEKTO_PICTURES'] === '1';

/** Keeps a picture below `artifacts/`, which git ignores, as `<name>.png`; does nothing where none are kept. */
export async function keepPicture(page: Page, name: string, fullPage = true): Promise<void> {
  if (!KEEPS_PICTURES) return;
  const path = join(FOLDER, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage });
}
