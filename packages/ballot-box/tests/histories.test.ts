/**
 * Real elections, each commit of their repositories at its real time: whoever stands in the files before the first
 * ballot is on it, and whatever differs after it is told. Read from ../shared when it is there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldLogin, opens, standing } from '@elekto/election';
import type { Election, Instant } from '@elekto/election';
import { openMetaRepo } from '@elekto/metarepo';
import type { MetaRepo, MetaSnapshot } from '@elekto/metarepo';
import type { Person } from '@elekto/ballot-box';
import { signIn } from '@elekto/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS, castFor, countDue, must, startWorld } from './support.ts';
import type { World } from './support.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/history');
const present = existsSync(folder);
if (!present) console.warn('NOTICE: ../shared is absent, so no real history is replayed in this run.');

const HOUR = 3_600_000;
/** When the first ballot comes: a moment after the start, or an hour before the end. */
const VOTES: Readonly<Record<string, (election: Election) => Instant>> = {
  'a moment after the start': ({ opensAt }) => opensAt + 1000,
  'an hour before the end': ({ closesAt }) => closesAt - HOUR,
};

class Replay {
  readonly #world: World;
  readonly #voteAt: (election: Election) => Instant;
  #snapshot: MetaSnapshot | null = null;
  #fetchedFrom: Instant = 0;
  readonly voted = new Map<string, Person>();
  /** Elections in which somebody could not vote when the files had candidates, and why. */
  readonly lost: string[] = [];
  #accounts = 0;

  constructor(world: World, voteAt: (election: Election) => Instant) {
    this.#world = world;
    this.#voteAt = voteAt;
  }

  #elections(): Election[] {
    return [...(this.#snapshot?.elections.values() ?? [])].flatMap(({ election }) => election ?? []);
  }

  /** Lets the time pass up to `until` with the files as they are. */
  async passTo(until: Instant): Promise<void> {
    const { clock } = this.#world;
    for (;;) {
      const times = this.#elections().flatMap((e) => [e.opensAt, this.#voteAt(e), e.closesAt + 1]);
      const next = Math.min(...times.filter((time) => time > clock.now), until);
      clock.now = next;
      await this.#upkeep();
      if (next >= until) return;
    }
  }

  async read(snapshot: MetaSnapshot): Promise<void> {
    this.#snapshot = snapshot;
    this.#fetchedFrom = this.#world.clock.now;
    const source = { commit: snapshot.commit, fetchedFrom: this.#fetchedFrom };
    must(await this.#world.box.noteFolders([...snapshot.elections.keys()], source));
    await this.#upkeep();
  }

  async #upkeep(): Promise<void> {
    const { box, clock } = this.#world;
    const source = { commit: this.#snapshot?.commit ?? '', fetchedFrom: this.#fetchedFrom };
    expect(await countDue(this.#world)).toEqual([]);
    for (const election of this.#elections()) {
      await box.ensureOpened(election, source);
      await this.#check(election);
      const open = clock.now <= election.closesAt && clock.now >= this.#voteAt(election);
      if (open && !this.voted.has(election.key)) await this.#vote(election);
    }
    expect(await countDue(this.#world)).toEqual([]);
  }

  async #check(election: Election): Promise<void> {
    const { box } = this.#world;
    const status = must(await box.status(election));
    if (status.state !== 'open') return;
    const inFiles = standing(election.candidates).map(({ id }) => id);
    const onBallot = await this.#ballotOf(election);
    if (onBallot === null) return;
    const missing = inFiles.filter((id) => !onBallot.includes(id));
    const gone = onBallot.filter((id) => !inFiles.includes(id));
    const told = new Set(status.drift.flatMap((drift) => ('ids' in drift ? drift.ids : [])));
    if (this.voted.has(election.key)) {
      for (const id of [...missing, ...gone]) expect(told, `${election.key} tells of ${id}`).toContain(id);
    } else {
      expect([missing, gone], `${election.key} before the first ballot`).toEqual([[], []]);
      expect([...told]).toEqual([]);
    }
  }

  async #ballotOf(election: Election): Promise<readonly string[] | null> {
    const voter = await this.#voter(election);
    const paper = voter === null ? null : await this.#world.box.paper(election, voter);
    return paper?.ok ? paper.value.manifest.candidates : null;
  }

  readonly #people = new Map<string, Person>();

  async #voter(election: Election): Promise<Person | null> {
    const login = election.voters[0]?.login;
    if (login === undefined) return null;
    const known = this.#people.get(foldLogin(login));
    if (known !== undefined) return known;
    const account = String((this.#accounts += 1));
    const made = await signIn(this.#world.db, { account, login });
    this.#people.set(foldLogin(login), made);
    return made;
  }

  async #vote(election: Election): Promise<void> {
    const { box } = this.#world;
    const voter = await this.#voter(election);
    const status = must(await box.status(election));
    if (voter === null || status.state !== 'open') {
      // Without a candidate or a roll in the files nobody can vote, and that is said.
      const { waiting } = opens(election);
      if (waiting === null) this.lost.push(`${election.key}: ${status.state ?? 'not opened'}`);
      else expect(status.waiting, election.key).toBe(waiting);
      return;
    }
    const all = Object.fromEntries(standing(election.candidates).map(({ id }, index) => [id, index + 1]));
    await castFor(this.#world, election, voter, all);
    this.voted.set(election.key, voter);
  }
}

/** What a server that fetches after each commit reads, and when. */
type History = readonly { readonly at: Instant; readonly snapshot: MetaSnapshot }[];

async function readHistory(name: string, clone: string): Promise<History> {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8' }).trim();
  execFileSync('git', ['clone', '--quiet', '--bare', join(folder, `${name}.bundle`), clone]);
  const branch = git('symbolic-ref', 'HEAD');
  const history: { at: Instant; snapshot: MetaSnapshot }[] = [];
  let repo: MetaRepo | null = null;
  try {
    for (const line of git('log', '--reverse', '--first-parent', '--format=%H %ct').split('\n')) {
      const [commit = '', seconds = '0'] = line.split(' ');
      git('update-ref', branch, commit);
      repo ??= await openMetaRepo({
        source: clone,
        electionsDir: 'elections',
        cacheDir: join(clone, 'cache'),
      });
      history.push({ at: Number(seconds) * 1000, snapshot: await repo.sync() });
    }
  } finally {
    await repo?.close();
  }
  return history;
}

describe.skipIf(!present)('the real history of', () => {
  let dir: string;
  const histories = new Map<string, Promise<History>>();
  const historyOf = (name: string): Promise<History> => {
    const history = histories.get(name) ?? readHistory(name, join(dir, name));
    histories.set(name, history);
    return history;
  };
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'elekto-history-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  // What is followed is the same on every database; how each of them keeps it, one history shows.
  const cases = DIALECTS.flatMap((dialect) =>
    (dialect === 'sqlite' ? ['cloudfoundry', 'dapr', 'knative'] : ['dapr']).flatMap((name) =>
      Object.keys(VOTES).map((when) => ({ dialect, name, when })),
    ),
  );

  it.each(cases)(
    '$name on $dialect loses nobody when the first ballot comes $when',
    { timeout: 240_000 },
    async ({ dialect, name, when }) => {
      const history = await historyOf(name);
      const world = await startWorld(dialect);
      const replay = new Replay(world, VOTES[when] as (election: Election) => Instant);
      world.clock.now = 0;
      try {
        for (const { at, snapshot } of history) {
          await replay.passTo(Math.max(world.clock.now, at));
          await replay.read(snapshot);
        }
        await replay.passTo(world.clock.now + 60 * 24 * HOUR);
      } finally {
        await world.end();
      }
      console.info(
        `${name}, ${when}: voted in ${replay.voted.size}; not in ${replay.lost.join('; ') || 'none'}`,
      );
      expect(replay.voted.size).toBeGreaterThan(0);
      if (when === 'an hour before the end') expect(replay.lost).toEqual([]);
    },
  );
});
