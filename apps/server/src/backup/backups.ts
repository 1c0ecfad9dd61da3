/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
/**
 * The backups that the server makes by itself: of the database once in each slot of the clock, and of the keys whenever
 * they change, which elections' beginnings and ends do, and votes do not.
 */
import {
  BackupError,
  databaseKind,
  keepNewest,
  keysStamp,
  makeBackupApart,
  newestSlot,
  removeParts,
  slotFile,
  slotOf,
} from '@elekto/backup';
import type { Instant } from '@elekto/election';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { BackupSettings } from '../config/backups.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { makeDirectory } from '../make-directory.ts';
import { StartError } from '../start-error.ts';
import { singleFlight } from '../sync/single-flight.ts';

export interface BackupParts {
  readonly config: Pick<Config, 'backups' | 'databaseUrl' | 'dataDir' | 'secretsDir'>;
  readonly log: Logger;
  /** The database's clock. */
  readonly now: () => Promise<Instant>;
  /** True for the one server that may try `name` now. */
  readonly claim: (name: string) => Promise<boolean>;
  /** The elections that are not counted and whose keys are not here. */
  readonly keysMissing: () => Promise<readonly string[]>;
}

export interface BackupState {
  /** The slot of the newest backup of the database; null when there is none. */
  readonly at: Instant | null;
  /** Why the last try failed; null when it did not. */
  readonly problem: string | null;
}

/** Ms between two looks at what is due. */
const EVERY = 60_000;
/** Ms after which nobody writes to a part any more: twice what a backup may take. */
const LEFT = 3_600_000;

export class Backups {
  readonly settings: BackupSettings;
  /** Makes what is due. Never rejects. */
  readonly round: () => Promise<void>;
  readonly #parts: BackupParts;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #at: Instant | null = null;
  #problem: string | null = null;
  /** The keys as they were last backed up. */
  #keys: string | null = null;

  constructor(parts: BackupParts) {
    this.#parts = parts;
    this.settings = parts.config.backups;
    this.round = singleFlight(() => this.#round());
  }

  get #draft(): string {
    return join(this.#parts.config.dataDir, 'backup.partial');
  }

  get state(): BackupState {
    return { at: this.#at, problem: this.#problem };
  }

  start(): void {
    // The plain copy of a server that was killed meanwhile: nobody else's, and of no use to anybody.
    rmSync(this.#draft, { force: true });
    if (this.settings.database === null && this.settings.keys === null) return;
    void this.round();
    this.#timer = setInterval(() => void this.round(), EVERY);
    this.#timer.unref();
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.round();
  }

  async #round(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const ofDatabase = await problemOf(() => this.#database());
    const problem = (await problemOf(() => this.#keysDue())) ?? ofDatabase;
    if (this.#stopping.signal.aborted || problem === this.#problem) return;
    if (problem === null) this.#parts.log.info('backups are made again');
    else this.#parts.log.error({ problem }, 'a backup could not be made; it is tried again');
    this.#problem = problem;
  }

  async #database(): Promise<void> {
    const { database } = this.settings;
    if (database === null) return;
    const { config, now, claim } = this.#parts;
    const { dir, recipient, everyMs, keep } = database;
    makeDirectory(dir, 'ELEKTO_BACKUP_DIR');
    const slot = slotOf(await now(), everyMs);
    const file = slotFile(dir, databaseKind(config.databaseUrl), slot);
    if (!existsSync(file) && (await claim(`backup ${slot}`))) {
      const job = {
        what: 'database',
        url: config.databaseUrl,
        draft: this.#draft,
        file,
        to: { recipient },
        at: slot,
      } as const;
      await makeBackupApart(job, this.#stopping.signal);
      keepNewest(dir, keep);
      removeParts(dir, LEFT);
    }
    this.#at = newestSlot(dir, slot);
  }

  async #keysDue(): Promise<void> {
    const { keys } = this.settings;
    if (keys === null) return;
    const { config, now } = this.#parts;
    const { secretsDir } = config;
    const stamp = keysStamp(secretsDir);
    if (stamp === this.#keys) return;
    // The one backup of them: what it may be needed for is not written over.
    const missing = await this.#parts.keysMissing();
    if (missing.length > 0)
      throw new BackupError(
        `the keys of ${missing.join(', ')} are not in the secrets directory, so the backup of the keys stays as it is: see "Keys that are gone" in docs/operators-backup.md`,
      );
    makeDirectory(keys.dir, 'ELEKTO_BACKUP_KEYS_DIR');
    const file = join(keys.dir, 'elekto.keys.age');
    const job = {
      what: 'keys',
      secretsDir,
      file,
      to: { recipient: keys.recipient },
      at: await now(),
    } as const;
    await makeBackupApart(job, this.#stopping.signal);
    removeParts(keys.dir, LEFT);
    // Of before the backup: what has changed since is backed up by the next round.
    this.#keys = stamp;
  }
}

async function problemOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof BackupError || error instanceof StartError) return error.message;
    return `it failed (${(error as { code?: string }).code ?? 'unexpected'})`;
  }
}
