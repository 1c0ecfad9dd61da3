/** Two hundred ballots under way, and the proof afterwards that none of those acknowledged is missing or changed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

import { audit } from '../support/audit.ts';
import { prepare, sendCast, type Voter } from '../support/crowd.ts';
import { atOnce } from '../support/voting.ts';

export const VOTERS = 200;
export const KEY = 'load';
/** Ms for an answer; what fails at once is no matter of patience. */
const PATIENCE = 60_000;

/** Everybody signs in, fetches the paper and seals; nothing is sent yet. */
export async function prepareAll(origins: readonly string[], logins: readonly string[]): Promise<Voter[]> {
  const voters: Voter[] = [];
  await atOnce([...logins.entries()], 8, async ([i, login]) => {
    voters.push(await prepare(origins[i % origins.length] ?? '', KEY, login, i));
  });
  return voters;
}

export interface Flight {
  /** Whose ballot was acknowledged. */
  readonly recorded: ReadonlySet<Voter>;
  /** Who got no verdict. */
  readonly open: readonly Voter[];
  /** Who was told no, and what. */
  readonly refused: readonly string[];
  /** What was answered instead of a verdict. */
  readonly failures: readonly string[];
}

/**
 * Sends all ballots at once, spread over the servers. `fault` runs once, as soon as `after` of them are
 * acknowledged, while the rest are under way.
 */
export async function fly(
  origins: readonly string[],
  voters: readonly Voter[],
  after: number,
  fault: () => Promise<unknown> | unknown,
): Promise<Flight> {
  const recorded = new Set<Voter>();
  const open: Voter[] = [];
  const refused: string[] = [];
  const failures: string[] = [];
  const happening: Promise<unknown>[] = [];
  const giveUp = Date.now() + 5 * PATIENCE;
  await Promise.all(
    voters.map(async (voter, i) => {
      const send = () => sendCast(origins[i % origins.length] ?? '', voter, PATIENCE);
      let { outcome, detail } = await send();
      // A busy machine answers late; as the page does, the same ballot is sent again, until there is the fault.
      while (outcome === 'failed' && happening.length === 0 && Date.now() < giveUp) {
        await sleep(250);
        ({ outcome, detail } = await send());
      }
      if (outcome === 'recorded') recorded.add(voter);
      else if (outcome === 'refused') refused.push(detail);
      else {
        open.push(voter);
        failures.push(detail);
      }
      if (recorded.size >= after && happening.length === 0) happening.push(Promise.resolve(fault()));
    }),
  );
  await Promise.all(happening);
  expect(happening, 'the fault happened while ballots were under way').toHaveLength(1);
  return { recorded, open, refused, failures };
}

/** What a voter's page does without an answer: the same ballot again, until there is one. */
export async function settle(origin: string, flight: Flight, patience = 60_000): Promise<Set<Voter>> {
  const recorded = new Set(flight.recorded);
  const giveUp = Date.now() + patience;
  await atOnce(flight.open, 16, async (voter) => {
    for (;;) {
      const { outcome, detail } = await sendCast(origin, voter, 20_000);
      if (outcome === 'recorded') return void recorded.add(voter);
      if (outcome === 'refused' || Date.now() > giveUp) throw new Error(`${voter.login}: ${detail}`);
      await sleep(250);
    }
  });
  return recorded;
}

/**
 * Counts the election in the database that the servers left behind. Every acknowledged voter took part, and
 * the ballots counted are exactly those of the people who took part, rank for rank.
 */
export async function expectNothingLost(
  place: { readonly env: NodeJS.ProcessEnv; readonly databaseUrl: string },
  all: readonly Voter[],
  acknowledged: ReadonlySet<Voter>,
): Promise<void> {
  const { lost, sent, counted } = await audit(place, KEY, all, acknowledged);
  expect(lost).toEqual([]);
  expect(counted).toEqual(sent);
}
