import type { Custody } from '../model.ts';
import { quoted } from '../text.ts';
import { given, placeOf, readText, type Fields } from './fields.ts';

/** A file of the folder `keys` in the elections folder: nothing of it leads elsewhere. */
const FILE = /^keys\/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.json$/;

/** `custody:`; null for the server's own, undefined when it is given and names no custody file. */
export function readCustody(fields: Fields): Custody | null | undefined {
  const entry = given(fields, 'custody');
  if (!entry) return null;
  const text = readText(fields, 'custody').trim();
  if (text.toLowerCase() === 'server') return null;
  if (FILE.test(text)) return { file: text, board: null };
  fields.report.error(
    'custody-invalid',
    placeOf(entry),
    `"custody" names no custody file: ${quoted(text)}.`,
    'Write "custody: keys/2026.json", the path of the file from the elections folder, or leave it out for the server.',
  );
  return undefined;
}
