import { readFileSync } from 'node:fs';

/** The project's version, from the manifest that ships beside the sources. */
export const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
