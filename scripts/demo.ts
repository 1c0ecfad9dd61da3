/**
 * The demo: a copy of the example meta repository whose dates are moved to now, and the people of the
 * stand-in for GitHub. Made once, at the first start (demo-life.ts says what happens in it); later starts find it as it
 * was left.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReadElection } from '@elekto/election';

/** The day around which the dates in examples/driftwood are written. */
const ANCHOR = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;

/** A person whom the demo's sign-in page offers. */
export interface DemoPerson {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  /** One sentence for the sign-in page. */
  readonly about: string;
}

export const DRIFTWOOD_PEOPLE: readonly DemoPerson[] = [
  { id: 70011, login: 'mira-okafor', name: 'Mira Okafor', about: 'On the voter roll of every election.' },
  { id: 70023, login: 'jonas-feld', name: 'Jonas Feld', about: 'On the voter roll of every election.' },
  {
    id: 70038,
    login: 'Tolu-Adeyemi',
    name: 'Tolu Adeyemi',
    about: 'Votes, and stands for the steering committee.',
  },
  {
    id: 70042,
    login: 'sam-riva',
    name: 'Sam Riva',
    about: 'New here and on no voter roll: may ask for an exception.',
  },
  {
    id: 70059,
    login: 'edda-lind',
    name: 'Edda Lind',
    about: 'Election officer of the steering elections; votes too.',
  },
  {
    id: 70061,
    login: 'rui-tavares',
    name: 'Rui Tavares',
    about: 'Election officer of the running and the coming election.',
  },
];

const DATE_LINE =
  /^(start_datetime|end_datetime|exceptions?_due)(:\s*)(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?=[ \t\r]*$)/gm;

/** Moves every date line of an election.yaml by `by` milliseconds; all else stays as it is. */
export function shiftDates(yaml: string, by: number): string {
  return yaml.replace(DATE_LINE, (_, field: string, gap: string, day: string, time: string) => {
    const moved = new Date(Date.parse(`${day}T${time}Z`) + by).toISOString();
    return `${field}${gap}${moved.slice(0, 10)} ${moved.slice(11, 19)}`;
  });
}

/** Files below `dir` with the given name. */
function findFiles(dir: string, name: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Copies `examples` into `target` with dates moved so that `now` (ms) takes the anchor's place, by whole days. Answers
 * by how many ms they were moved; null, and does nothing, when `target` is there. Whole or not at all: made beside it,
 * then renamed.
 */
export function prepareDemo(examples: readonly string[], target: string, now: number): number | null {
  if (existsSync(target)) return null;
  const draft = `${target}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(target), { recursive: true });
  for (const example of examples)
    cpSync(example, draft, {
      recursive: true,
      filter: (path) => statSync(path).isDirectory() || !path.endsWith('README.md'),
    });
  const by = Math.floor((now - ANCHOR) / DAY) * DAY;
  for (const file of findFiles(draft, 'election.yaml'))
    writeFileSync(file, shiftDates(readFileSync(file, 'utf8'), by));
  renameSync(draft, target);
  return by;
}

/** A few people for the stand-in when it serves a real repository: of its latest election, and one stranger. */
export function peopleOf(elections: Iterable<ReadElection>): DemoPerson[] {
  const latest = [...elections]
    .flatMap(({ election }) => election ?? [])
    .sort((a, b) => b.closesAt - a.closesAt)[0];
  const outsider = { login: 'a-stranger', about: 'On no voter roll.' };
  const named = latest
    ? [
        ...latest.officers
          .slice(0, 2)
          .map((login) => ({ login, about: `Election officer of ${latest.name}.` })),
        ...latest.voters
          .slice(0, 4)
          .map(({ login }) => ({ login, about: `On the voter roll of ${latest.name}.` })),
        outsider,
      ]
    : [outsider];
  const distinct = new Map(named.map((person) => [person.login.toLowerCase(), person]));
  return [...distinct.values()].map((person, index) => ({
    id: 80_001 + index,
    name: person.login,
    ...person,
  }));
}
