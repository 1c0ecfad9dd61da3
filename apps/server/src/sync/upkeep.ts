/**
 * What the clock and the repository make due, election by election: opens what has begun or makes it follow
 * its files, closes and counts what has ended, and seals checkpoints. One election's trouble is no other's.
 */
import { boardSourceOf } from '@elekto/api';
import type { BallotBox, BoxState, Standing } from '@elekto/ballot-box';
import { phaseAt, type Election, type ElectionKey, type Instant, hasEnded } from '@elekto/election';

import type { Logger } from '../log.ts';
import { untraced, type Trace } from '../watch/trace.ts';
import { within } from '../within.ts';

import type { ClockGuard } from './clock-guard.ts';
import { nextMoment } from './clock.ts';
import { Condition } from './condition.ts';
import type { Definitions } from './follow.ts';
import type { DefinitionKeeper } from './keep-definitions.ts';
import { STEP_LIMITS, Steps, type StepLimits } from './steps.ts';
import type { Troubles } from './troubles.ts';

export interface UpkeepParts {
  readonly box: BallotBox;
  /** The database's clock. */
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
  readonly troubles: Troubles;
  readonly definitions: () => Definitions;
  /** What the box asks before it ends something for good. */
  readonly doubt: ClockGuard;
  /** Told of the elections that there are, once a round. */
  readonly keepDefinitions: DefinitionKeeper;
  readonly limits?: StepLimits;
  readonly trace?: Trace;
}

const CHECKPOINTS = 60_000;
const HOUR = 3_600_000;
/** What the box answers about an election that is none of its business yet, or any longer. */
const NOT_YET = ['not-open-yet', 'already-closed', 'waiting'] as const;

type Sound = Extract<Standing, { damaged: false }>;

/** The dates that casting goes by: no folder need be there for them. */
const datesOf = (rows: ReadonlyMap<ElectionKey, Standing>) =>
  [...rows.values()].flatMap((row) =>
    row.damaged || row.state !== 'open'
      ? []
      : [{ opensAt: row.opensAt, closesAt: row.closesAt, exceptionsDueAt: row.closesAt }],
  );

export class Upkeep {
  readonly #parts: UpkeepParts;
  readonly #steps: Steps;
  readonly #patience: number;
  readonly #rounds: Condition;
  readonly #folders: Condition;
  readonly #keeping: Condition;
  /** The definition about which the box was last asked. */
  readonly #asked = new Map<
    ElectionKey,
    { readonly commit: string; readonly fetchedFrom: Instant; readonly state: BoxState | null }
  >();
  /** Counted elections whose keys are known to be gone. */
  readonly #finished = new Set<ElectionKey>();
  #noted: Definitions | null = null;
  #checkpointAt = -Infinity;
  #finishedAt: Instant | null = null;

  constructor(parts: UpkeepParts) {
    const { log, troubles, now, limits = STEP_LIMITS } = parts;
    this.#parts = parts;
    this.#patience = limits.patience;
    this.#steps = new Steps(troubles, now, limits);
    this.#rounds = new Condition(log, 'upkeep stands still; it is tried again', 'upkeep goes on');
    this.#folders = new Condition(
      log,
      'folders could not be noted; it is tried again',
      'folders are noted again',
    );
    this.#keeping = new Condition(
      log,
      'definitions could not be kept for other servers; it is tried again',
      'definitions are kept for other servers again',
    );
  }

  /** When a round last went through all elections, by the database's clock; null before the first. */
  get finishedAt(): Instant | null {
    return this.#finishedAt;
  }

  /** Goes once through all elections; when there is something to do next. Rejects for nobody but the database. */
  async round(): Promise<Instant | null> {
    try {
      const next = await this.#round();
      this.#rounds.well();
      return next;
    } catch (error) {
      this.#rounds.failed(error);
      throw error;
    }
  }

  async #round(): Promise<Instant | null> {
    const { box, now, troubles, definitions } = this.#parts;
    const current = definitions();
    const elections = [...current.snapshot.elections.values()].flatMap(({ election }) => election ?? []);
    const at = await within(this.#patience, now());
    const rows = await within(this.#patience, box.standings());
    troubles.keep(new Set([...rows.keys(), ...elections.map(({ key }) => key)]), at);
    await this.#noteFolders(current);
    // Before what may take long: nobody but upkeep opens, so that the moment of it is no visitor's.
    await this.#open(elections, rows, current, at);
    await this.#closeAndCount(rows, at);
    await this.#checkpoint(rows, at);
    await this.#keepDefinitions(rows);
    this.#finishedAt = await within(this.#patience, now());
    return nextMoment([...elections, ...datesOf(rows)], troubles.nextTryAt(), this.#finishedAt);
  }

  async #noteFolders(current: Definitions): Promise<void> {
    if (this.#noted === current) return;
    try {
      const { snapshot, fetchedFrom } = current;
      const source = { commit: snapshot.commit, fetchedFrom };
      await within(this.#patience, this.#parts.box.noteFolders([...snapshot.elections.keys()], source));
      this.#noted = current;
      this.#folders.well();
    } catch (error) {
      this.#folders.failed(error);
    }
  }

  async #keepDefinitions(rows: ReadonlyMap<ElectionKey, Standing>): Promise<void> {
    try {
      await within(this.#patience, this.#parts.keepDefinitions(rows));
      this.#keeping.well();
    } catch (error) {
      this.#keeping.failed(error);
    }
  }

  async #closeAndCount(rows: ReadonlyMap<ElectionKey, Standing>, at: Instant): Promise<void> {
    const { troubles, trace = untraced } = this.#parts;
    const due = [...rows].filter(([key, row]) => row.damaged || this.#isDue(key, row, at));
    for (const key of rows.keys()) {
      if (due.some(([other]) => other === key)) continue;
      troubles.mended(key, 'close', at);
      troubles.mended(key, 'count', at);
    }
    const work = (): Promise<void> => this.#steps.forAll(due, ([key, row]) => this.#finish(key, row, at));
    const counts = due.some(([, row]) => !row.damaged && (row.state === 'open' || row.state === 'closed'));
    await (counts ? trace('count elections', work) : work());
  }

  /** A counted election is looked at once more by each server that starts: its keys may have been left over. */
  #isDue(key: ElectionKey, row: Sound, at: Instant): boolean {
    if (row.state === 'open') return hasEnded(row, at);
    return row.state === 'closed' || !this.#finished.has(key);
  }

  async #finish(key: ElectionKey, row: Standing, at: Instant): Promise<void> {
    const { box, log } = this.#parts;
    if (row.damaged || row.state === 'open') {
      const closed = await this.#steps.take('close', key, at, () => box.close({ key }), ['not-ended-yet']);
      if (!closed?.ok || row.damaged) return;
    }
    const { snapshot } = this.#parts.definitions();
    const count = () => box.finalise({ key }, boardSourceOf(snapshot, key));
    const counted = await this.#steps.take('count', key, at, count, ['waits-for-officers']);
    if (!counted?.ok) return;
    this.#finished.add(key);
    if (row.state === 'open' || row.state === 'closed')
      log.info({ key }, 'the election is closed and counted');
  }

  /**
   * Asks the box about each election that has begun: until it has a row, and then once for each look at the
   * repository that found something else than the row says.
   */
  async #open(
    elections: readonly Election[],
    rows: ReadonlyMap<ElectionKey, Standing>,
    { snapshot: { commit }, fetchedFrom }: Definitions,
    at: Instant,
  ): Promise<void> {
    const { box, log, troubles } = this.#parts;
    await this.#steps.forAll(elections, async (election) => {
      const { key } = election;
      const row = rows.get(key);
      // Its end has passed: that it is closed, and whether the clock is believed, is another step's.
      if (row?.damaged === false && row.state === 'open' && hasEnded(row, at)) return;
      const asked = this.#asked.get(key);
      const state = row?.damaged === false ? row.state : null;
      const isNews =
        asked?.commit !== commit ||
        asked.state !== state ||
        (row?.damaged === false && row.seenCommit !== commit && asked.fetchedFrom !== fetchedFrom);
      if (row === undefined ? phaseAt(election, at) !== 'open' : row.damaged || !isNews) {
        // Nothing is due; a try that failed would still be news.
        return troubles.mended(key, 'open', at);
      }
      const ask = () => box.ensureOpened(election, { commit, fetchedFrom });
      const opened = await this.#steps.take('open', key, at, ask, NOT_YET);
      if (opened === null) return;
      // Whether the files hold the stored result: what makes a counted election a published one.
      if (state === 'finalised') {
        const note = () => box.notePublished(election);
        if ((await this.#steps.take('publish', key, at, note)) === null) return;
      }
      this.#asked.set(key, { commit, fetchedFrom, state });
      if (row === undefined && opened.ok) log.info({ key }, 'the election is open');
    });
  }

  /** Once a minute, and with it the end of links whose time has come. No span: how long it takes tells whether somebody has voted since the last one. */
  async #checkpoint(rows: ReadonlyMap<ElectionKey, Standing>, at: Instant): Promise<void> {
    if (at >= this.#checkpointAt && at - this.#checkpointAt < CHECKPOINTS) return;
    this.#checkpointAt = at;
    const open = [...rows].filter(([, row]) => !row.damaged && row.state === 'open' && !hasEnded(row, at));
    // So that it is known to run right when an end comes and nobody can be asked. Nothing waits for it.
    if (open.length > 0) void this.#parts.doubt(at, HOUR).catch(() => undefined);
    await this.#steps.forAll(open, async ([key]) => {
      await this.#steps.take('checkpoint', key, at, () => this.#parts.box.checkpoint({ key }));
    });
    const links = [...rows].filter(
      ([, row]) => !row.damaged && row.state === 'published' && row.manifest.deleteAfter,
    );
    await this.#steps.forAll(links, async ([key]) => {
      await this.#steps.take('publish', key, at, () => this.#parts.box.endLinks(key));
    });
  }
}
