/**
 * Keeps the server in step with what moves by itself: the meta repository and the clock. Following, upkeep and the
 * pages each go at their own pace; none waits for another that hangs.
 */
import type { MetaSnapshot } from '@elekto/metarepo';
import type { Instant } from '@elekto/election';

import { untraced } from '../watch/trace.ts';
import { within } from '../within.ts';

import { Alarm } from './clock.ts';
import { Follower, type FollowerParts, type SyncState } from './follow.ts';
import { Publisher, type PublisherParts } from './publish.ts';
import { singleFlight } from './single-flight.ts';
import { Troubles } from './troubles.ts';
import { Upkeep, type UpkeepParts } from './upkeep.ts';

export type SyncParts = Omit<FollowerParts, 'onRead'> &
  Omit<UpkeepParts, 'definitions' | 'troubles'> &
  PublisherParts & {
    /** Told after each look and each round: what was told of the elections may be out of date. */
    readonly onChange: () => void;
  };

const HOUR = 3_600_000;
/** Of the day, UTC: when the pages are compared with a whole build. */
const CHECK_HOUR = 3;

/** Ms that a stop waits for what is under way. */
const STOPPING = 3000;

export class Sync {
  readonly troubles: Troubles;
  readonly #follower: Follower;
  readonly #upkeep: Upkeep;
  readonly #publisher: Publisher;
  readonly #alarm: Alarm;
  readonly #parts: SyncParts;
  readonly #round: () => Promise<void>;
  #nightly: NodeJS.Timeout | undefined;
  #failure: unknown = null;
  #stopped = false;

  constructor(parts: SyncParts) {
    const { trace = untraced } = parts;
    this.#parts = parts;
    this.troubles = new Troubles(parts.log);
    this.#follower = new Follower({ ...parts, onRead: () => void this.tick() });
    this.#upkeep = new Upkeep({
      ...parts,
      troubles: this.troubles,
      definitions: () => this.#follower.definitions,
    });
    this.#publisher = new Publisher(parts);
    this.#alarm = new Alarm(() => void this.tick());
    this.#round = singleFlight(() => trace('upkeep', () => this.#oneRound(), { onlyWithParts: true }));
  }

  /** The definitions being served. */
  get snapshot(): MetaSnapshot {
    return this.#follower.definitions.snapshot;
  }

  /** The database's time at which the look that found them began. */
  get fetchedFrom(): Instant {
    return this.#follower.definitions.fetchedFrom;
  }

  get syncState(): SyncState {
    return this.#follower.state;
  }

  /** When upkeep last went through all elections; null before the first time. */
  get upkeepFinishedAt(): Instant | null {
    return this.#upkeep.finishedAt;
  }

  /** The first round and the first pages, then everything by itself. Rejects when the first round cannot be. */
  async start(): Promise<void> {
    this.#follower.start();
    await this.#round();
    if (this.#failure !== null) throw this.#failure;
    await this.#publisher.publish();
    this.#nightly = setInterval(() => {
      if (new Date().getUTCHours() === CHECK_HOUR) void this.#publisher.check();
    }, HOUR).unref();
  }

  /** Looks at the repository; what follows from what is found follows by itself. */
  async look(): Promise<void> {
    await this.#follower.look();
    this.#parts.onChange();
  }

  /** Looks at the repository and does what is due, pages included. */
  async sync(): Promise<void> {
    await this.look();
    await this.tick();
  }

  /** Does what is due by the clock, pages included. */
  async tick(): Promise<void> {
    if (this.#stopped) return;
    await this.#round();
    await this.#publisher.publish();
    this.#parts.onChange();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#follower.stop();
    this.#alarm.off();
    clearInterval(this.#nightly);
    await within(STOPPING, this.#round()).catch(() => undefined);
  }

  async #oneRound(): Promise<void> {
    if (this.#stopped) return;
    this.#failure = null;
    try {
      const next = await this.#upkeep.round();
      this.#alarm.set(next, this.#upkeep.finishedAt ?? 0);
    } catch (error) {
      this.#failure = error;
      this.#alarm.set(null, 0);
    } finally {
      this.#parts.onChange();
    }
  }
}
