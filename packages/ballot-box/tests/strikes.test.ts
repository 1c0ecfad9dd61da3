/** A candidate who withdraws after the first ballot: struck out when an officer says so, counted without, the ballots kept. */
import type { Person } from '@elekto/ballot-box';
import type { Candidate, Election } from '@elekto/election';
import { verifyResults } from '@elekto/protocol/result';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLOSES,
  DIALECTS,
  at,
  castFor,
  finish,
  kindOf,
  must,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { World } from './support.ts';

const person = (id: string, withdrawn = false): Candidate => ({
  id,
  name: id,
  fields: [],
  bio: '',
  file: `candidate-${id}.md`,
  ...(withdrawn && { withdrawn: { on: null, reason: 'moved away' } }),
});
const ALL = ['ada', 'bob', 'cy'].map((id) => person(id));
const WITHOUT_ADA = [person('ada', true), person('bob'), person('cy')];

describe.each(DIALECTS)('a candidate who withdraws on %s', (dialect) => {
  let world: World;
  let election: Election;
  let people: Person[];
  let officer: Person;
  const start = async (changes: Partial<Election> = {}): Promise<void> => {
    ({ election, people, officer } = await openElection(world, 4, { candidates: ALL, ...changes }));
  };
  beforeEach(async () => {
    world = await startWorld(dialect);
  });
  afterEach(() => world.end());

  const follow = async (commit: string, changes: Partial<Election>) => {
    election = { ...election, ...changes };
    const source = at(commit);
    must(await world.box.ensureOpened(election, source));
    return source;
  };
  const struck = async (): Promise<readonly string[]> =>
    must(await world.box.status(election)).withdrawals.flatMap(({ id, struck }) => (struck ? [id] : []));
  const actions = async (): Promise<string[]> =>
    must(await world.box.audit(election, officer)).map(({ action }) => action);

  it('is off the ballot before the first one, without anybody having to confirm it', async () => {
    await start();
    const source = await follow('c1', { candidates: WITHOUT_ADA });
    expect(must(await world.box.paper(election, people[0] as Person)).manifest.candidates).toEqual([
      'bob',
      'cy',
    ]);
    expect(kindOf(await world.box.decideStrike(election, officer, { id: 'ada', strike: true }, source))).toBe(
      'no-strike',
    );
  });

  it('after it stays until an officer confirms the strike, which holds from the close on', async () => {
    await start();
    await castFor(world, election, people[0] as Person, { ada: 1, bob: 2 });
    const source = await follow('c1', { candidates: WITHOUT_ADA });
    expect(await struck()).toEqual([]);
    expect(must(await world.box.status(election)).drift).toEqual([
      { code: 'candidates-withdrawn', ids: ['ada'] },
    ]);
    expect(must(await world.box.status(election)).withdrawals).toEqual([
      { id: 'ada', name: 'ada', reason: 'moved away', struck: false },
    ]);
    const ada = { id: 'ada', strike: true };
    expect(kindOf(await world.box.decideStrike(election, people[1] as Person, ada, source))).toBe(
      'not-officer',
    );
    for (const id of ['bob', 'nobody'])
      expect(kindOf(await world.box.decideStrike(election, officer, { id, strike: true }, source))).toBe(
        'no-strike',
      );
    expect(
      kindOf(await world.box.decideStrike(election, officer, ada, { commit: 'old', fetchedFrom: 0 })),
    ).toBe('conflict');
    must(await world.box.decideStrike(election, officer, ada, source));
    must(await world.box.decideStrike(election, officer, ada, source));
    expect(await struck()).toEqual(['ada']);
    expect(must(await world.box.paper(election, people[1] as Person)).struck).toEqual(['ada']);
    // Old papers exist: ballots with and without them are taken.
    await castFor(world, election, people[1] as Person, { ada: 1, cy: 2 });
    await castFor(world, election, people[2] as Person, { bob: 1 });
    await finish(world, election);
    expect(kindOf(await world.box.decideStrike(election, officer, ada, source))).toBe('already-closed');
    expect(await struck()).toEqual(['ada']);
    const counted = must(await world.box.outcome(election, officer));
    expect(counted.cast).toBe(3);
    // Two seats: whom one ballot ranks first and another alone, and not the one who has withdrawn.
    expect(counted.outcome.seats.elected).not.toContain('ada');
    const file = JSON.parse(must(await world.box.resultsJson(election, officer))) as { struck: unknown };
    expect(file.struck).toEqual([{ id: 'ada', commit: 'c1' }]);
    const { ok } = await verifyResults({
      ballotsCsv: must(await world.box.ballotsCsv(election, officer)),
      resultsJson: must(await world.box.resultsJson(election, officer)),
      publicKey: world.keys.publicKey,
    });
    expect(ok).toBe(true);
    expect(await actions()).toEqual(['opened', 'strike-confirmed', 'closed', 'counted']);
  });

  it('can stand again: an officer takes it back, or the file says so no longer', async () => {
    await start();
    await castFor(world, election, people[0] as Person, { ada: 1 });
    let source = await follow('c1', { candidates: WITHOUT_ADA });
    must(await world.box.decideStrike(election, officer, { id: 'ada', strike: true }, source));
    must(await world.box.decideStrike(election, officer, { id: 'ada', strike: false }, source));
    expect(await struck()).toEqual([]);
    must(await world.box.decideStrike(election, officer, { id: 'ada', strike: true }, source));
    // Without the file nobody says that they stand.
    await follow('c2', { candidates: WITHOUT_ADA.slice(1) });
    expect(await struck()).toEqual(['ada']);
    source = await follow('c3', { candidates: ALL });
    expect(await struck()).toEqual([]);
    expect(
      kindOf(await world.box.decideStrike(election, officer, { id: 'ada', strike: false }, source)),
    ).toBe('no-strike');
    expect((await actions()).slice(1)).toEqual([
      'strike-confirmed',
      'strike-taken-back',
      'strike-confirmed',
      'strike-lapsed',
    ]);
  });

  it('need not be ranked where all must be, and a ballot that did not blocks no count', async () => {
    await start({ allowNoOpinion: false });
    await castFor(world, election, people[0] as Person, { ada: 1, bob: 2, cy: 3 });
    const source = await follow('c1', { candidates: WITHOUT_ADA });
    const voter = people[1] as Person;
    const { cast } = await seal(world, election, voter, { bob: 1, cy: 2 });
    expect(kindOf(await world.box.cast(election, voter, cast))).toBe('opinion-required');
    must(await world.box.decideStrike(election, officer, { id: 'ada', strike: true }, source));
    must(await world.box.cast(election, voter, cast));
    const short = await seal(world, election, people[2] as Person, { bob: 1 });
    expect(kindOf(await world.box.cast(election, people[2] as Person, short.cast))).toBe('opinion-required');
    await follow('c2', { candidates: ALL });
    world.clock.now = CLOSES;
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(2);
  });
});
