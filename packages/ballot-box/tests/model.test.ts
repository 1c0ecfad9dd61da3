import fc from 'fast-check';
import { closeGaps } from '@elekto/custody/ballot';
import { tables } from '@elekto/db';
import { describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Result } from '@elekto/protocol/refusal';
import type { Election } from '@elekto/election';
import {
  CANDIDATES,
  DIALECTS,
  countedRows,
  kindOf,
  look,
  must,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { Ranking } from '@elekto/protocol/ballot';
import type { World } from './support.ts';

const VOTERS = 4;

/** One thing a voter does. Passphrases are the rankings' own numbers, so that each view says which ballot it found. */
type Action =
  | { readonly kind: 'cast'; readonly voter: number; readonly ballot: number }
  | { readonly kind: 'replace'; readonly voter: number; readonly ballot: number }
  | { readonly kind: 'view'; readonly voter: number }
  | { readonly kind: 'withdraw'; readonly voter: number }
  | { readonly kind: 'guess'; readonly voter: number };

const voter = fc.nat(VOTERS - 1);
const ballot = fc.nat(200);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cast' as const), voter, ballot }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('replace' as const), voter, ballot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('view' as const), voter }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), voter }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('guess' as const), voter }) },
);

/** A ranking for each number, no two of 0..200 alike. */
function rankingOf(ballotNumber: number): Ranking {
  const digits = ballotNumber.toString(4).padStart(4, '0');
  return Object.fromEntries([
    ['mary', 1],
    ...[...digits].map((digit, at) => [CANDIDATES[at], Number(digit) + 2]),
  ]) as Ranking;
}

/** As it is counted: officers close the gaps in the ranks. */
const rowOf = (ranking: Ranking, suite: 1 | 2): string => {
  const ranks = CANDIDATES.map((id) => ranking[id] ?? 0);
  return (suite === 2 ? closeGaps(ranks) : ranks).join();
};

interface Voter {
  readonly person: Person;
  /** The ballot in the box according to the model: its number; null for none. */
  ballot: number | null;
}

async function act(world: World, election: Election, who: Voter, what: Action): Promise<string> {
  const words = who.ballot === null ? 'none' : `words ${who.ballot}`;
  if (what.kind === 'guess') {
    return who.ballot === null
      ? 'not-voted'
      : kindOf(await world.box.unlock(election, who.person, 'A'.repeat(43)));
  }
  if (what.kind === 'cast') {
    const { cast } = await seal(world, election, who.person, rankingOf(what.ballot), `words ${what.ballot}`);
    return settle(who, await world.box.cast(election, who.person, cast), what.ballot);
  }
  if (who.ballot === null) return 'not-voted';
  const seen = await look(world, election, who.person, words);
  if (what.kind === 'view') {
    expect(await seen.read()).toEqual(rankingOf(who.ballot));
    return 'accepted';
  }
  if (what.kind === 'withdraw')
    return settle(
      who,
      await world.box.withdraw(election, who.person, { ...seen.claim, ...(await seen.letGo()) }),
      null,
    );
  const { cast } = await seal(world, election, who.person, rankingOf(what.ballot), `words ${what.ballot}`);
  const change = { authKey: seen.claim.authKey, old: seen.claim, cast, ...(await seen.letGo(cast)) };
  return settle(who, await world.box.replace(election, who.person, change), what.ballot);
}

function settle(who: Voter, result: Result<unknown>, ballotNumber: number | null): string {
  if (result.ok) who.ballot = ballotNumber;
  return kindOf(result);
}

async function inBox(world: World): Promise<number> {
  const rows = await world.db.read((em) => tables(em).selectFrom('participation').select('user').execute());
  return rows.length;
}

/** On each database where the server keeps the key, which asks the database the same; where officers do, on one. */
const WORLDS = [
  ...DIALECTS.map((dialect) => ({ dialect, suite: 1 as const })),
  { dialect: 'sqlite' as const, suite: 2 as const },
];

describe.each(WORLDS)('whatever voters do on $dialect with ballots of suite $suite', ({ dialect, suite }) => {
  it(
    'each has at most the one ballot last acknowledged, and these are counted',
    { timeout: 240_000 },
    async () => {
      const world = await startWorld(dialect, { suite });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(action, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
          async (batches) => {
            world.clock.now = Date.UTC(2026, 8, 2);
            const { election, people, officer } = await openElection(world, VOTERS, {
              key: `model-${(round += 1)}`,
            });
            const voters: Voter[] = people.map((person) => ({ person, ballot: null }));
            const start = await inBox(world);
            for (const batch of batches) {
              // Voters act at once; what one voter does goes one after the other.
              await Promise.all(
                voters.map(async (who, index) => {
                  for (const what of batch.filter((each) => each.voter === index)) {
                    const before = who.ballot;
                    const answer = await act(world, election, who, what);
                    const expected =
                      what.kind === 'cast'
                        ? [before === null ? 'accepted' : 'already-voted']
                        : what.kind === 'guess'
                          ? [before === null ? 'not-voted' : 'wrong-passphrase']
                          : [before === null ? 'not-voted' : 'accepted'];
                    expect(expected).toContain(answer);
                  }
                }),
              );
              expect((await inBox(world)) - start).toBe(voters.filter((who) => who.ballot !== null).length);
            }
            const rows = await countedRows(world, election, { officer, voter: people[0] as Person });
            const expected = voters.flatMap((who) => (who.ballot === null ? [] : [rankingOf(who.ballot)]));
            expect(rows.toSorted()).toEqual(expected.map((ranking) => rowOf(ranking, suite)).toSorted());
          },
        ),
        { numRuns: suite === 2 ? 8 : dialect === 'sqlite' ? 25 : 15 },
      );
      await world.end();
    },
  );

  it('one voter acting everywhere at once still has one ballot, or none', { timeout: 240_000 }, async () => {
    const world = await startWorld(dialect, { poolSize: 20, suite });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('replace', 'withdraw', 'cast', 'view', 'close'), {
          minLength: 2,
          maxLength: 8,
        }),
        async (kinds) => {
          world.clock.now = Date.UTC(2026, 8, 2);
          const { election, people, officer } = await openElection(world, 1, { key: `race-${(round += 1)}` });
          const person = people[0] as Person;
          const first = await seal(world, election, person, rankingOf(0), 'words');
          must(await world.box.cast(election, person, first.cast));
          const seen = await look(world, election, person, 'words');
          const jobs = await Promise.all(
            kinds.map(async (kind, index) => {
              const { cast } = await seal(world, election, person, rankingOf(index + 1), 'words');
              const released = await seen.letGo(kind === 'replace' ? cast : null);
              return { kind, cast, released, ranking: rankingOf(index + 1) };
            }),
          );
          const answers = await Promise.all(
            jobs.map(({ kind, cast, released }): Promise<Result<unknown>> => {
              if (kind === 'replace')
                return world.box.replace(election, person, {
                  authKey: seen.claim.authKey,
                  old: seen.claim,
                  cast,
                  ...released,
                });
              if (kind === 'withdraw')
                return world.box.withdraw(election, person, { ...seen.claim, ...released });
              if (kind === 'cast') return world.box.cast(election, person, cast);
              if (kind === 'view') return world.box.fetchRecord(election, person, seen.claim);
              world.clock.now = election.closesAt + 1;
              return world.box.close(election);
            }),
          );
          const rows = await countedRows(world, election, { officer, voter: person });
          const accepted = jobs.filter((_, index) => answers[index]?.ok);
          const changes = accepted.filter(
            ({ kind }) => kind === 'replace' || kind === 'withdraw' || kind === 'cast',
          );
          expect(rows.length).toBeLessThanOrEqual(1);
          // The first ballot can be replaced or withdrawn once; only after a withdrawal is a new one taken.
          expect(changes.filter(({ kind }) => kind !== 'cast').length).toBeLessThanOrEqual(1);
          const last = changes.find(({ kind }) => kind === 'cast') ?? changes.at(-1);
          const withdrawn = last?.kind === 'withdraw';
          const ranking = last?.ranking ?? rankingOf(0);
          expect(rows).toEqual(withdrawn ? [] : [rowOf(ranking, suite)]);
        },
      ),
      { numRuns: suite === 2 ? 10 : 25 },
    );
    await world.end();
  });
});
