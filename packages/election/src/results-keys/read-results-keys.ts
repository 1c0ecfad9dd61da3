import { readInstant } from '../instant.ts';
import { LIMITS } from '../limits.ts';
import { linesOf } from '../lines.ts';
import type { Instant, ResultsKey } from '../model.ts';
import { Report, type Place } from '../report.ts';
import { withinSize } from '../size.ts';
import { quoted, trimInvisible } from '../text.ts';
import { knownFields } from '../yaml/known-fields.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNothing, type YamlMap, type YamlNode } from '../yaml/tree.ts';

const FIELDS = ['key', 'server', 'from', 'until'] as const;
type Field = (typeof FIELDS)[number];
const KEYS: ReadonlySet<string> = new Set(FIELDS);

export interface ResultsKeysReading {
  readonly keys: readonly ResultsKey[];
  readonly report: Report;
}

/**
 * Reads results-keys.yaml: a list of maps with `key`, `server`, and perhaps `from` and `until`. This is what trust rests
 * on, so nothing is guessed: an entry with anything wrong is an error and left out, and the others stay.
 */
export function readResultsKeys(path: string, text: string): ResultsKeysReading {
  const report = new Report(path);
  if (!withinSize(text, LIMITS.resultsKeys, report)) return { keys: [], report };
  const lines = linesOf(text, report);
  const root = readYaml(lines, report, { keys: KEYS });
  if (!root || isNothing(root)) return { keys: [], report };
  if (root.kind !== 'list') {
    shape(root.place, 'The file is not a list of keys.', report);
    return { keys: [], report };
  }
  const keys: ResultsKey[] = [];
  for (const item of root.items) {
    const entry = readEntry(item, report);
    const before = keys.find((other) => other.key === entry?.key);
    if (entry && !before) keys.push(entry);
    else if (entry)
      report.error(
        'results-key-twice',
        item.place,
        `The key ${quoted(entry.key)} stands already in line ${before?.line}; this entry was left out.`,
        'Keep one entry for a key.',
      );
  }
  return { keys, report };
}

function shape(place: Place, message: string, report: Report): void {
  report.error(
    'results-keys-shape',
    place,
    message,
    'Write one "- key: ..." with "  server: ..." below it for each server that signed results.',
  );
}

function readEntry(item: YamlNode, report: Report): ResultsKey | null {
  if (item.kind !== 'map') {
    shape(item.place, 'This entry is not a map with "key" and "server"; it was left out.', report);
    return null;
  }
  const fields = fieldsOf(item, report);
  const key = readKey(fields, item.place, report);
  const server = readServer(fields, item.place, report);
  const from = readDay(fields, 'from', report);
  const until = readDay(fields, 'until', report);
  if (fields === null || key === null || server === null || from === undefined || until === undefined)
    return null;
  if (from !== null && until !== null && until < from) {
    report.error(
      'results-key-dates',
      item.place,
      'The key was used until a day before it was first used; the entry was left out.',
      'Correct "from" or "until".',
    );
    return null;
  }
  return { key, server, from, until, line: item.place.line };
}

type Found = ReadonlyMap<Field, { readonly text: string; readonly place: Place }>;

/** Null when a field stands twice or is no text: then nobody knows which is meant. */
function fieldsOf(item: YamlMap, report: Report): Found | null {
  const found = new Map<Field, { text: string; place: Place }>();
  for (const [field, { value, place }] of knownFields(item, FIELDS, report)) {
    if (value.kind !== 'scalar' || found.has(field)) {
      shape(place, `"${field}" is not one text; the entry was left out.`, report);
      return null;
    } else if (!isNothing(value)) found.set(field, { text: trimInvisible(value.text), place: value.place });
  }
  return found;
}

function readKey(fields: Found | null, place: Place, report: Report): string | null {
  if (fields === null) return null;
  const given = fields.get('key');
  if (given && isEd25519Key(given.text)) return given.text;
  report.error(
    'results-key-invalid',
    given?.place ?? place,
    given
      ? `${quoted(given.text)} is not the public key of a server; the entry was left out.`
      : 'The entry names no key and was left out.',
    'Copy "publicKey" from a results.json of that server: 43 letters, digits, "-" and "_".',
  );
  return null;
}

/** 32 bytes in base64url without padding, in their one spelling (RFC 4648 §5; the last digit holds four bits). */
function isEd25519Key(text: string): boolean {
  return /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/.test(text);
}

function readServer(fields: Found | null, place: Place, report: Report): string | null {
  if (fields === null) return null;
  const given = fields.get('server');
  const url = given && URL.canParse(given.text) ? new URL(given.text) : null;
  const plain =
    url !== null && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && plain && (url.protocol === 'https:' || url.protocol === 'http:'))
    return url.href.replace(/\/$/, '');
  report.error(
    'results-key-server',
    given?.place ?? place,
    given
      ? `${quoted(given.text)} is not the address of a server; the entry was left out.`
      : 'The entry names no server and was left out.',
    'Write "server: https://" and the name under which it was reached.',
  );
  return null;
}

/** A moment; null when none is given, undefined with an error when it cannot be read. */
function readDay(fields: Found | null, field: 'from' | 'until', report: Report): Instant | null | undefined {
  const given = fields?.get(field);
  if (!given) return null;
  const read = readInstant(given.text, field === 'until');
  if (read.ok) return read.at;
  report.error(
    'results-key-dates',
    given.place,
    `"${field}" ${read.why}: ${quoted(given.text)}; the entry was left out.`,
    read.hint,
  );
  return undefined;
}
