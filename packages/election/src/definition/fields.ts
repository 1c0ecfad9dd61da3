import { checkMarkdown } from '../checks/markdown.ts';
import { cleanLogin, foldLogin, isPossibleLogin, ruleIn, type LoginRule, splitAccount } from '../login.ts';
import type { Election, Instant, Login, RepresentationLimit } from '../model.ts';
import { readInstant } from '../instant.ts';
import { WHOLE_FILE, type Place, type Report } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import { isNothing, type YamlEntry, type YamlNode } from '../yaml/tree.ts';

/** The fields of one election.yaml by their canonical names, and where to report what goes wrong with them. */
export interface Fields {
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly report: Report;
  readonly rule: LoginRule;
}

/** The entry of a field that says something. */
export function given(fields: Fields, key: string): YamlEntry | null {
  const entry = fields.entries.get(key);
  return entry && !isNothing(entry.value) ? entry : null;
}

export function placeOf(entry: YamlEntry): Place {
  return entry.value.place.line > 0 ? entry.value.place : entry.place;
}

/** A text; lists and maps are shown as written, with a warning. */
export function readText(fields: Fields, key: string): string {
  const entry = given(fields, key);
  if (!entry) return '';
  if (entry.value.kind === 'scalar') return entry.value.text.trimEnd();
  fields.report.warning(
    'field-not-text',
    placeOf(entry),
    `"${key}" is not a text; it was read as written.`,
    'Put the value in quotation marks, or write it below "|".',
  );
  return entry.source.trim();
}

/** A Markdown text for voters. */
export function readMarkdown(fields: Fields, key: string): string {
  const text = readText(fields, key);
  const entry = fields.entries.get(key);
  if (entry) checkMarkdown(text, `"${key}"`, placeOf(entry), fields.report);
  return text;
}

/** The election's name; null with an error when there is none. */
export function readTitle(fields: Fields): string | null {
  const text = trimInvisible(readText(fields, 'name')).replace(/\s+/g, ' ');
  if (text !== '') return text;
  const entry = fields.entries.get('name');
  fields.report.error(
    'election-name-missing',
    entry ? placeOf(entry) : { line: 1, column: 1 },
    'The election has no name.',
    'Write "name: " and the title voters see.',
  );
  return null;
}

/** A moment; null when it is missing or unreadable. `required` decides whether missing is an error. */
export function readMoment(fields: Fields, key: string, end: boolean, required: boolean): Instant | null {
  const { report } = fields;
  const entry = given(fields, key);
  if (!entry) {
    if (required) {
      const empty = fields.entries.get(key);
      report.error(
        'date-missing',
        empty ? placeOf(empty) : { line: 1, column: 1 },
        `"${key}" is missing.`,
        `Write "${key}: YYYY-MM-DD HH:MM:SS", in UTC.`,
      );
    }
    return null;
  }
  const place = placeOf(entry);
  const source = entry.value.kind === 'scalar' ? entry.value.text : entry.source;
  const read = readInstant(source, end);
  if (!read.ok) {
    report.error('date-invalid', place, `"${key}" ${read.why}: ${quoted(source)}.`, read.hint);
    return null;
  }
  if (read.unusual)
    report.warning(
      'date-format',
      place,
      `The date ${quoted(source)} was read as ${read.unusual}.`,
      'Write YYYY-MM-DD HH:MM:SS.',
    );
  if (read.dateOnly)
    report.warning(
      'date-without-time',
      place,
      `"${key}" has no time; it was read as ${end ? '23:59:59' : '00:00:00'} UTC of that day.`,
      'Write YYYY-MM-DD HH:MM:SS.',
    );
  return read.at;
}

const YES = /^(?:true|yes|on|y|1)$/i;
const NO = /^(?:false|no|off|n|0)$/i;

export function readBoolean(fields: Fields, key: string, missing: boolean): boolean {
  const entry = given(fields, key);
  if (!entry) return missing;
  const text = entry.value.kind === 'scalar' ? entry.value.text.trim() : entry.source;
  if (YES.test(text)) return true;
  if (NO.test(text)) return false;
  fields.report.error(
    'field-not-boolean',
    placeOf(entry),
    `"${key}" is neither true nor false: ${quoted(text)}.`,
    `Write "${key}: true" or "${key}: false".`,
  );
  return missing;
}

/** The number of seats, at least one. */
export function readSeats(fields: Fields): number {
  const entry = given(fields, 'no_winners');
  if (!entry) {
    const empty = fields.entries.get('no_winners');
    fields.report.warning(
      'seats-missing',
      empty ? placeOf(empty) : { line: 1, column: 1 },
      '"no_winners" is missing; one seat was assumed.',
      'Write "no_winners: " and the number of seats.',
    );
    return 1;
  }
  const text = entry.value.kind === 'scalar' ? entry.value.text.trim() : entry.source;
  const seats = /^\+?\d{1,4}$/.test(text) ? Number(text) : 0;
  if (seats >= 1) return seats;
  fields.report.error(
    'seats-invalid',
    placeOf(entry),
    `"no_winners" is not a number of seats: ${quoted(text)}.`,
    'Write a whole number, 1 or more.',
  );
  return 1;
}

/** One of a fixed set of words, case and `-`/`_` not told apart; null with an error for another. */
export function readChoice<T extends string>(
  fields: Fields,
  key: string,
  choices: readonly T[],
  missing: T,
): T | null {
  const entry = given(fields, key);
  if (!entry) return missing;
  const text = entry.value.kind === 'scalar' ? entry.value.text.trim() : entry.source;
  const plain = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, '-');
  const choice = choices.find((candidate) => plain(candidate) === plain(text));
  if (choice !== undefined) return choice;
  fields.report.error(
    'field-not-a-choice',
    placeOf(entry),
    `"${key}" has the value ${quoted(text)}, which is none of its choices.`,
    `Choose one of: ${choices.join(', ')}.`,
  );
  return null;
}

/** A list of texts; a single text is a list of one, empty entries are left out. */
export function readList(fields: Fields, key: string): { text: string; place: Place }[] {
  const entry = given(fields, key);
  if (!entry) return [];
  const flat = (node: YamlNode): { text: string; place: Place }[] => {
    if (node.kind === 'scalar')
      return isNothing(node) ? [] : [{ text: trimInvisible(node.text), place: node.place }];
    if (node.kind === 'list') return node.items.flatMap(flat);
    return node.entries.map((inner) => ({ text: trimInvisible(inner.key), place: inner.place }));
  };
  if (entry.value.kind === 'scalar') {
    const { text } = entry.value;
    fields.report.warning(
      'field-not-a-list',
      placeOf(entry),
      `"${key}" is one text and not a list; it was split at commas.`,
      `Write one "  - " line an entry below "${key}:".`,
    );
    return text
      .split(/[,;]|\s(?=@)/)
      .map((part) => ({ text: trimInvisible(part), place: placeOf(entry) }))
      .filter((part) => part.text !== '');
  }
  return flat(entry.value).filter((item) => item.text !== '');
}

/** The election officers, distinct by the rule; only logins a provider could know. */
export function readOfficers(fields: Fields): Pick<Election, 'logins' | 'officers' | 'officerAccounts'> {
  const officers = new Map<string, Login>();
  const accounts = new Map<string, string>();
  const { report } = fields;
  for (const { text, place } of readList(fields, 'election_officers')) {
    const { name, account } = splitAccount(text);
    const login = cleanLogin(name);
    if (!isPossibleLogin(login)) {
      report.warning(
        'officer-not-login',
        place,
        `${quoted(text)} is not a login and was left out.`,
        'Write the login of the officer, and the number of the account after it if you know it: ada#1234.',
      );
      continue;
    }
    if (login !== name)
      report.warning(
        'officer-decorated',
        place,
        `${quoted(text)} was read as ${quoted(login)}.`,
        `Write "- ${login}".`,
      );
    const folded = foldLogin(login, fields.rule);
    const before = accounts.get(folded);
    if (account !== undefined && before !== undefined && before !== account)
      report.error(
        'officer-two-accounts',
        place,
        `${quoted(login)} is named with two accounts, ${before} and ${account}; the first is taken.`,
        'Keep the line with the number that the provider gives the account; of GitHub, https://api.github.com/users/<login> tells it as "id".',
      );
    else if (officers.has(folded))
      report.warning('officer-duplicate', place, `${quoted(login)} is named twice.`, 'Remove this line.');
    if (!officers.has(folded)) officers.set(folded, login);
    if (account !== undefined && before === undefined) accounts.set(folded, account);
  }
  if (officers.size === 0) {
    const entry = fields.entries.get('election_officers');
    report.error(
      'officers-missing',
      entry ? placeOf(entry) : WHOLE_FILE,
      'The election has no officers, so nobody can decide exceptions or see the result.',
      'List their logins below "election_officers:".',
    );
  }
  return {
    ...ruleIn(fields.rule),
    officers: [...officers.values()],
    ...(accounts.size > 0 && { officerAccounts: Object.fromEntries(accounts) }),
  };
}

/**
 * `representation_limit: { field, max }`; undefined when it is given and wrong. A share of the seats
 * (`1/3`, `50%`) becomes the whole number of seats it allows, at least one.
 */
export function readLimit(fields: Fields, seats: number): RepresentationLimit | null | undefined {
  const entry = given(fields, 'representation_limit');
  if (!entry) return null;
  const wrong = (place: Place, what: string): undefined => {
    fields.report.error(
      'representation-limit-invalid',
      place,
      `"representation_limit" ${what}.`,
      'Write "representation_limit:" and below it "  field: employer" and "  max: 2".',
    );
    return undefined;
  };
  if (entry.value.kind !== 'map') return wrong(placeOf(entry), 'needs a field and a maximum');
  const inner = new Map(entry.value.entries.map((e) => [e.key.trim().toLowerCase(), e]));
  const field = inner.get('field');
  const max = inner.get('max');
  if (!field || field.value.kind !== 'scalar' || isNothing(field.value))
    return wrong(placeOf(entry), 'names no field');
  const most = max?.value.kind === 'scalar' ? seatsAllowed(max.value.text.trim(), seats) : null;
  if (most === null) return wrong(max ? placeOf(max) : placeOf(entry), 'has no maximum of 1 or more');
  for (const [key, other] of inner)
    if (key !== 'field' && key !== 'max')
      fields.report.warning(
        'field-unknown',
        other.place,
        `"representation_limit" has no ${quoted(key)}.`,
        'Remove it.',
      );
  return { field: trimInvisible(field.value.text), max: most };
}

function seatsAllowed(text: string, seats: number): number | null {
  const match = /^(\d{1,4})(?:\s*(%)|\s*\/\s*(\d{1,4}))?$/.exec(text);
  if (!match || Number(match[1]) < 1) return null;
  const [, number, percent, whole] = match;
  if (percent === undefined && whole === undefined) return Number(number);
  const [part, of] = percent === undefined ? [Number(number), Number(whole)] : [Number(number), 100];
  return of >= part ? Math.max(1, Math.floor((seats * part) / of)) : null;
}
