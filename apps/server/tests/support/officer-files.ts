import type { Header } from '@elekto/custody/ceremony';
import { writeOfficerKeys } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The published keys of everybody whom a ceremony names, in the folder `officers` of a repository. */
export function writeOfficerFiles(meta: string, { officers }: Pick<Header, 'officers'>): void {
  const folder = join(meta, 'elections/officers');
  mkdirSync(folder, { recursive: true });
  for (const { login, sign, receive } of officers) {
    const keys = { login, sign: toBase64Url(sign), receive: toBase64Url(receive) };
    writeFileSync(join(folder, `${login}.json`), writeOfficerKeys(keys));
  }
}
