import { readInstant } from '../instant.ts';
import type { Instant, Nominations } from '../model.ts';
import { quoted, trimInvisible } from '../text.ts';
import type { YamlEntry } from '../yaml/tree.ts';
import { given, placeOf, type Fields } from './fields.ts';
import { innerOf } from './readings.ts';

const KEYS = [
  'opens',
  'closes',
  'endorsements',
  'distinct',
  'endorsers',
  'self_nomination',
  'max_words',
] as const;
type Key = (typeof KEYS)[number];
type Said = ReadonlyMap<string, YamlEntry>;

const HINT =
  'Write "nominations:" and below it "  closes: 2027-08-15 23:59:59" and, as you need them, "  endorsements: 3", "  distinct: employer".';

/**
 * `nominations:`; null without it. No count looks at it, so what cannot be read is an error in its place and left out, and the
 * election is held all the same. `start` is the first moment of voting, by which nominations end at the latest.
 */
export function readNominations(fields: Fields, start: Instant | null): Nominations | null {
  const entry = given(fields, 'nominations');
  if (entry === null) return null;
  const wrong = (what: string, at: YamlEntry = entry): void =>
    fields.report.error('nominations-invalid', placeOf(at), `"nominations" ${what}.`, HINT);
  if (entry.value.kind !== 'map') {
    wrong('needs lines of its own below it');
    return null;
  }
  const said = innerOf(fields, 'nominations', entry, KEYS);
  const opensAt = momentIn(said, 'opens', wrong);
  const closes = momentIn(said, 'closes', wrong);
  checkWindow(fields, said, opensAt, closes, start);
  return {
    opensAt,
    closesAt: closes ?? start ?? 0,
    endorsements: wholeIn(said, 'endorsements', 100, wrong) ?? 0,
    distinct: textIn(said, 'distinct') || null,
    endorsers: choiceIn(said, 'endorsers', ['anyone', 'voters'], wrong),
    selfNomination: choiceIn(said, 'self_nomination', ['true', 'false'], wrong) === 'true',
    maxWords: wholeIn(said, 'max_words', 100_000, wrong),
  };
}

type Wrong = (what: string, at?: YamlEntry) => void;

const textIn = (said: Said, key: Key): string => {
  const entry = said.get(key);
  return entry?.value.kind === 'scalar' ? trimInvisible(entry.value.text) : '';
};

function momentIn(said: Said, key: 'opens' | 'closes', wrong: Wrong): Instant | null {
  const entry = said.get(key);
  if (entry === undefined) return null;
  const read = readInstant(textIn(said, key), key === 'closes');
  if (read.ok) return read.at;
  wrong(`has a "${key}" that ${read.why}`, entry);
  return null;
}

function wholeIn(said: Said, key: 'endorsements' | 'max_words', most: number, wrong: Wrong): number | null {
  const entry = said.get(key);
  if (entry === undefined) return null;
  const text = textIn(said, key);
  if (/^\d{1,6}$/.test(text) && Number(text) <= most) return Number(text);
  wrong(`has no whole number up to ${most} as "${key}"`, entry);
  return null;
}

/** One of these words; the first when nothing is said. */
function choiceIn<T extends string>(said: Said, key: Key, words: readonly [T, ...T[]], wrong: Wrong): T {
  const entry = said.get(key);
  if (entry === undefined) return words[0];
  const word = words.find((each) => each === textIn(said, key).toLowerCase());
  if (word === undefined)
    wrong(`has ${quoted(textIn(said, key))} as "${key}", which is none of ${words.join(', ')}`, entry);
  return word ?? words[0];
}

function checkWindow(
  fields: Fields,
  said: Said,
  opens: Instant | null,
  closes: Instant | null,
  start: Instant | null,
): void {
  const at = said.get('closes');
  if (at === undefined || closes === null) return;
  if (opens !== null && closes < opens)
    fields.report.error(
      'nominations-window',
      placeOf(at),
      'Nominations close before they open.',
      'Correct "opens" or "closes".',
    );
  else if (start !== null && closes > start)
    fields.report.warning(
      'nominations-late',
      placeOf(at),
      'Nominations close after voting has begun; who stands is fixed by the first ballot.',
      'Let them close some days before "start_datetime".',
    );
}
