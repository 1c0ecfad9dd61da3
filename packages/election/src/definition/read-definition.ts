import { foldFieldValue } from '../candidate/field-value.ts';
import { LIMITS } from '../limits.ts';
import { linesOf } from '../lines.ts';
import type { LoginRule } from '../login.ts';
import {
  METHODS,
  RECEIPT_MODES,
  type CountingRule,
  type Election,
  type Instant,
  type Offices,
} from '../model.ts';
import { needsSecondOfficer } from '../needs-second-officer.ts';
import { Report, respellKey, type Place } from '../report.ts';
import { withinSize } from '../size.ts';
import { readTerm } from '../term.ts';
import { quoted, trimInvisible } from '../text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNothing, type YamlEntry } from '../yaml/tree.ts';
import {
  given,
  readBoolean,
  readChoice,
  readLimit,
  readList,
  readMarkdown,
  readMoment,
  readOfficers,
  readSeats,
  readText,
  readTitle,
  type Fields,
} from './fields.ts';
import { readCustody } from './custody.ts';
import { readInspection } from './inspection.ts';
import { readHouseRules } from './house-rules.ts';
import { officesIn } from './offices.ts';
import { readNominations } from './nominations.ts';
import { nearestWord } from '../nearest.ts';
import { FIELD_NAMES, fieldFor } from './keys.ts';

/** What election.yaml alone says. */
type Definition = Omit<
  Election,
  | 'key'
  | 'folder'
  | 'description'
  | 'results'
  | 'ballotsCsv'
  | 'resultsJson'
  | 'candidates'
  | 'voters'
  | 'template'
  | 'questions'
>;

export interface DefinitionReading {
  readonly definition: Definition | null;
  /** Without a definition: whom the file names as officers all the same; null where it names nobody. */
  readonly offices: Offices | null;
  readonly report: Report;
}

const KEYS: ReadonlySet<string> = new Set([...FIELD_NAMES, 'exceptions_due']);

/**
 * Reads election.yaml. Null when an error leaves nothing that could be held: no name, a date missing,
 * unreadable or out of order, or a counting rule that is not one of ours.
 */
export function readDefinition(path: string, text: string, rule: LoginRule = {}): DefinitionReading {
  const report = new Report(path);
  const hint = 'Move long texts to election_desc.md.';
  if (!withinSize(text, LIMITS.electionYaml, report, hint, 'election.yaml'))
    return { definition: null, offices: null, report };
  const lines = linesOf(text, report);
  const root = readYaml(lines, report, { keys: KEYS });
  if (root?.kind !== 'map') {
    if (!report.hasErrors)
      report.error(
        'election-empty',
        { line: 1, column: 1 },
        'election.yaml holds no "key: value" lines.',
        'Write at least name, start_datetime, end_datetime and no_winners.',
      );
    return { definition: null, offices: officesIn(lines, rule), report };
  }
  const { entries, unknown } = sortEntries(root.entries, lines, report);
  const definition = assemble({ entries, report, rule }, unknown);
  return { definition, offices: definition === null ? officesIn(lines, rule) : null, report };
}

function assemble(fields: Fields, unknown: Readonly<Record<string, string>>): Definition | null {
  const name = readTitle(fields);
  const opensAt = readMoment(fields, 'start_datetime', false, true);
  const closesAt = readMoment(fields, 'end_datetime', true, true);
  const exceptions = readMoment(fields, 'exception_due', true, false);
  const counting = readCounting(fields);
  const seats = readSeats(fields);
  const limit = readLimit(fields, seats);
  const houseRules = readHouseRules(fields, seats, limit ?? null);
  const custody = readCustody(fields);
  const inspection = readInspection(fields);
  const nominations = readNominations(fields, opensAt);
  const rest = {
    organization: readText(fields, 'organization'),
    seats,
    allowNoOpinion: readBoolean(fields, 'allow_no_opinion', true),
    deleteAfter: readBoolean(fields, 'delete_after', false),
    shownFields: withoutSpellings(readList(fields, 'show_candidate_fields').map((field) => field.text)),
    ...readOffice(fields),
    eligibility: readMarkdown(fields, 'eligibility'),
    exceptionDescription: readMarkdown(fields, 'exception_description'),
    receipts: readChoice(fields, 'receipts', RECEIPT_MODES, 'after_close') ?? 'after_close',
    turnout: readChoice(fields, 'turnout', ['public', 'officers'] as const, 'public') ?? 'officers',
    unknownFields: unknown,
  };
  const orderly = checkDates(fields, opensAt, closesAt, exceptions);
  const ruled = counting !== null && limit !== undefined && houseRules !== undefined && custody !== undefined;
  if (name === null || opensAt === null || closesAt === null || !orderly || !ruled) return null;
  return {
    name,
    opensAt,
    closesAt,
    exceptionsDueAt: exceptions ?? opensAt,
    counting,
    representationLimit: limit,
    ...(Object.keys(houseRules).length > 0 ? { houseRules } : {}),
    ...(custody === null ? {} : { custody }),
    ...(inspection === null ? {} : { inspection }),
    ...(nominations === null ? {} : { nominations }),
    ...rest,
    ...readBody(fields),
  };
}

/** Who decides, and whether two have to. With one officer named that one decides alone, which the file did not mean. */
function readOffice(
  fields: Fields,
): Pick<Definition, 'logins' | 'officers' | 'officerAccounts' | 'approvals'> {
  const office = readOfficers(fields);
  // What cannot be read is taken as the stricter of both.
  if (readChoice(fields, 'approvals', ['1', '2'] as const, '1') === '1') return office;
  if (!needsSecondOfficer({ ...office, approvals: 2 }))
    fields.report.warning(
      'approvals-need-officers',
      fields.entries.get('approvals')?.value.place ?? { line: 1, column: 1 },
      '"approvals: 2" asks for two officers and "election_officers" names fewer; whoever there is decides alone.',
      'Name a second person under "election_officers".',
    );
  return { ...office, approvals: 2 };
}

/** `body:` and `term:`, which only pages tell and no count looks at: what cannot be read is left out. */
function readBody(fields: Fields): Pick<Definition, 'body' | 'term'> {
  const body = trimInvisible(readText(fields, 'body')).replace(/\s+/gu, ' ');
  const written = readText(fields, 'term').trim();
  const term = written === '' ? null : readTerm(written);
  if (written !== '' && term === null)
    fields.report.warning(
      'term-invalid',
      fields.entries.get('term')?.value.place ?? { line: 1, column: 1 },
      `"term" is neither a time nor a day: ${quoted(written)}.`,
      'Write "term: 2 years", "term: 18 months", or the last day as YYYY-MM-DD.',
    );
  return { ...(body !== '' && { body }), ...(term !== null && { term }) };
}

/** `Github` and `GitHub` are one field, shown once, as it is named first. */
const withoutSpellings = (names: readonly string[]): string[] =>
  [...new Map(names.toReversed().map((name) => [foldFieldValue(name), name])).values()].toReversed();

/** Methods that pass ballots on from round to round. */
const ROUNDS: ReadonlySet<string> = new Set(['irv', 'scottish-stv', 'meek-stv']);

function readCounting(fields: Fields): CountingRule | null {
  const method = readChoice(fields, 'method', METHODS, 'schulze');
  const strength = readChoice(
    fields,
    'strength',
    ['winning', 'margins', 'ratio', 'opposition'] as const,
    'winning',
  );
  const unranked = readChoice(fields, 'unranked', ['no-opinion', 'last'] as const, 'no-opinion');
  const secondary = readBoolean(fields, 'secondary', false);
  const order = readChoice(fields, 'order', ['losses', 'wins', 'layers'] as const, 'losses');
  // Who beats none of the above is read from the pairwise table, in rounds, too.
  const onlyInTable = method !== null && ROUNDS.has(method) && given(fields, 'none_of_the_above') === null;
  if (unranked === 'last' && onlyInTable) {
    fields.report.warning(
      'unranked-in-rounds',
      fields.entries.get('unranked')?.value.place ?? { line: 1, column: 1 },
      `With "method: ${method}" a ballot that ranks nobody who is left goes to nobody; "unranked: last" only changes the pairwise table.`,
      'Leave "unranked" out.',
    );
  }
  return method && strength && unranked && order ? { method, strength, unranked, secondary, order } : null;
}

/** Start before or at the end; the exception deadline is allowed anywhere, with a word where it surprises. */
function checkDates(
  fields: Fields,
  opens: Instant | null,
  closes: Instant | null,
  exceptions: Instant | null,
): boolean {
  const place = (key: string): Place => fields.entries.get(key)?.value.place ?? { line: 1, column: 1 };
  if (opens !== null && closes !== null && closes < opens) {
    fields.report.error(
      'dates-out-of-order',
      place('end_datetime'),
      'The election ends before it starts.',
      'Correct "start_datetime" or "end_datetime".',
    );
    return false;
  }
  if (exceptions !== null && closes !== null && exceptions > closes)
    fields.report.warning(
      'exception-due-after-end',
      place('exception_due'),
      'The deadline for exception requests is after the end; requests are taken until the end.',
      'Set it some days before the end.',
    );
  return true;
}

/** An organisation's own fields: never a mistake. */
const OWN_FIELD = /^x[-_]/i;

function sortEntries(
  all: readonly YamlEntry[],
  lines: readonly string[],
  report: Report,
): { entries: ReadonlyMap<string, YamlEntry>; unknown: Readonly<Record<string, string>> } {
  const entries = new Map<string, YamlEntry>();
  const unknown: Record<string, string> = {};
  for (const entry of all) {
    const known = fieldFor(entry.key);
    if (!known) {
      const suggestion = nearestWord(entry.key, FIELD_NAMES);
      if (suggestion) {
        // One answer only where the right field is not there as well.
        const free = !all.some((other) => fieldFor(other.key)?.field === suggestion);
        const line = lines[entry.place.line - 1] ?? '';
        report.warning(
          'field-misspelled',
          entry.place,
          `The field ${quoted(entry.key)} is not known.`,
          `Did you mean "${suggestion}"?`,
          free ? respellKey(entry.place.line, line, entry.key, suggestion) : undefined,
        );
      } else
        report.info(
          OWN_FIELD.test(entry.key) ? 'field-own' : 'field-unknown',
          entry.place,
          `The field ${quoted(entry.key)} is not known; it is kept and not used.`,
          '',
        );
      // Own data properties only: `__proto__` as a key must not reach a prototype.
      Object.defineProperty(unknown, entry.key, {
        value: entry.source,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      continue;
    }
    if (!known.exact)
      report.warning(
        'field-spelling',
        entry.place,
        `The field ${quoted(entry.key)} was read as "${known.field}".`,
        `Write "${known.field}:".`,
        respellKey(entry.place.line, lines[entry.place.line - 1] ?? '', entry.key, known.field),
      );
    const before = entries.get(known.field);
    if (before && !isNothing(before.value)) {
      report.warning(
        'field-twice',
        entry.place,
        `"${known.field}" was given before, in line ${before.place.line}; the last one counts.`,
        'Remove one of them.',
      );
      if (isNothing(entry.value)) continue;
    }
    entries.set(known.field, entry);
  }
  return { entries, unknown };
}
