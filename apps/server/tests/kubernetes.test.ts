/**
 * The steering elections of Kubernetes are held again: every published ballot is cast by another person of the
 * roll, through sign-in, sealing and the API, and the count must say what was published.
 */
import { parseBallotsCsv } from '@elekto/tally';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { DATABASES, run, type Running } from './support/running.ts';
import { atOnce, shuffled, vote } from './support/voting.ts';

const repository = join(import.meta.dirname, '../../../../shared/data/real/kubernetes');
const available = existsSync(join(import.meta.dirname, '../../../../shared'));
if (!available) console.warn('NOTICE: ../shared is absent, so the Kubernetes elections are not held again.');

const HELD = [
  { year: '2021', during: '2021-10-25T12:00:00Z', after: '2021-11-05T00:00:00Z' },
  { year: '2022', during: '2022-09-20T12:00:00Z', after: '2022-10-01T00:00:00Z' },
  { year: '2023', during: '2023-09-10T12:00:00Z', after: '2023-09-28T00:00:00Z' },
];

const read = (year: string, name: string): string =>
  readFileSync(join(repository, 'elections/steering', year, name), 'utf8');

interface Row {
  readonly [candidate: string]: number;
}

/** ballots.csv as a multiset of rows, columns by name. */
function multiset(csv: string): string[] {
  const { candidates, ballots } = parseBallotsCsv(csv);
  const columns = candidates.map((id, i) => [id, i] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return [...ballots]
    .flatMap(({ ranks, count = 1 }) => {
      const row = columns.map(([, i]) => ranks[i] ?? null);
      return Array<string>(Number(count)).fill(row.join());
    })
    .sort();
}

function rows(csv: string): Row[] {
  const { candidates, ballots } = parseBallotsCsv(csv);
  return [...ballots].map(({ ranks }) =>
    Object.fromEntries(candidates.flatMap((id, i) => (typeof ranks[i] === 'number' ? [[id, ranks[i]]] : []))),
  );
}

/** Ids in the published order, from the numbered lists of ranking.md or results.md. */
function publishedRanking(year: string): string[] {
  const text = existsSync(join(repository, 'elections/steering', year, 'ranking.md'))
    ? read(year, 'ranking.md')
    : read(year, 'results.md');
  const items = [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, item = '']) => item.trim());
  return items.map((item) => /github\.com\/([\w-]+)/.exec(item)?.[1] ?? item);
}

const voters = (year: string): string[] => [
  ...new Set([...read(year, 'voters.yaml').matchAll(/^\s*-\s+([\w-]+)/gm)].map(([, login = '']) => login)),
];

describe.runIf(available).each(DATABASES)('Kubernetes, on %s', (database) => {
  // PostgreSQL holds the smallest of the three, so that the suite stays short on two cores.
  const held = database === 'sqlite' ? HELD : HELD.slice(2);

  it.each(held)('steering $year is held again', async ({ year, during, after }) => {
    const officer = /election_officers:\s+- (\S+)/.exec(read(year, 'election.yaml'))?.[1] ?? '';
    const key = `steering---${year}`;
    const cast = shuffled(rows(read(year, 'ballots.csv')));
    const people = shuffled(voters(year)).slice(0, cast.length);
    expect(people).toHaveLength(cast.length);
    const running: Running = await run({
      meta: repository,
      people: [...new Set([...people, officer])],
      now: during,
      database,
    });
    try {
      const pairs = people.map((login, i) => ({ login, ranking: cast[i] ?? {} }));
      await atOnce(pairs, 8, async ({ login, ranking }) => {
        const browser = await running.signedIn(login);
        await vote(browser, key, ranking);
        expect(
          (await browser.api.me.get.query()).elections.find((election) => election.key === key),
        ).toMatchObject({
          stand: { kind: 'voted', next: 'look' },
          voted: true,
        });
      });

      const early = await running.signedIn(officer);
      await expect(early.api.officer.outcome.query({ key })).rejects.toMatchObject({
        data: { refusal: { kind: 'not-ended-yet' } },
      });
      running.clock.set(Date.parse(after));
      const desk = await running.signedIn(officer);
      expect(await desk.api.officer.close.mutate({ key })).toMatchObject({
        state: 'finalised',
        cast: cast.length,
      });

      const { outcome } = await desk.api.officer.outcome.query({ key });
      const ranking = publishedRanking(year);
      expect(outcome.places.map(({ candidates }) => candidates)).toEqual(ranking.map((id) => [id]));
      const { available: seats, elected, openTies } = outcome.seats;
      expect({ elected, openTies }).toEqual({ elected: ranking.slice(0, seats), openTies: [] });

      const csv = await desk.api.officer.ballotsCsv.query({ key });
      expect(multiset(csv)).toEqual(multiset(read(year, 'ballots.csv')));
    } finally {
      await running.stop();
    }
  });
});
