/**
 * Tells of openings, ends and results to the hooks that the operator set. What was told is noted in the database, so
 * that several servers, and one that starts anew, tell it once; a hook that does not answer is tried a few times.
 */
import { placeOf, publishedOf, summarisePublished, type ApiContext } from '@elekto/api';
import type { BallotBox, Notes, Standing } from '@elekto/ballot-box';
import type { Election, ElectionKey, Instant } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';
import { createHash } from 'node:crypto';
import { z } from 'zod';

import type { AnnounceSettings, Hook } from '../config/announce.ts';
import { standardSignature } from '../http/standard-webhooks.ts';
import type { Logger } from '../log.ts';
import { singleFlight } from '../sync/single-flight.ts';

import { bodyOf, type Told } from './bodies.ts';
import { deliver } from './deliver.ts';
import { dueOf, TOLD_FOR, type Due } from './due.ts';

export interface AnnouncerParts {
  readonly settings: AnnounceSettings;
  readonly box: BallotBox;
  /** The public base URL. */
  readonly url: string;
  readonly snapshot: () => MetaSnapshot;
  readonly standings: () => Promise<ReadonlyMap<ElectionKey, Standing>>;
  readonly trouble: ApiContext['trouble'];
  readonly notes: Notes;
  /** The database's clock. */
  readonly now: () => Promise<Instant>;
  /** True for the one server that may try `name` now. */
  readonly claim: (name: string, seconds: number) => Promise<boolean>;
  readonly log: Logger;
}

const EVERY = 30_000;
const MINUTE = 60_000;
/** How long after each try in vain the next one is; after the last there is none. */
export const PAUSES = [1, 5, 30, 120, 360].map((minutes) => minutes * MINUTE);
/** Longer than a delivery takes, and shorter than the shortest pause. */
const CLAIMED = 30;

const PREFIX = 'told ';
/** `at`: of the last try, from which on it is kept for longer than anything is due. */
const noteSchema = z.object({
  at: z.number(),
  tries: z.number(),
  nextAt: z.number().nullable(),
  /** Nobody took it, and it is not tried again. */
  lost: z.boolean().optional(),
});
type Note = z.infer<typeof noteSchema>;

export class Announcer {
  /** Tells what is due. Never rejects. */
  readonly round: () => Promise<void>;
  readonly #parts: AnnouncerParts;
  readonly #waited = new Map<ElectionKey, Instant>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
    this.round = singleFlight(() =>
      this.#round().catch((error: unknown) => {
        const { code = 'unexpected' } = error as { code?: string };
        this.#parts.log.error({ code }, 'what is due could not be announced; it is tried again');
      }),
    );
  }

  /** How many announcements a hook did not take and is not told any more, of the last two days. */
  async lost(): Promise<number> {
    if (this.#parts.settings.hooks.length === 0) return 0;
    const told = await this.#told(await this.#parts.now());
    return [...told.values()].filter(({ lost }) => lost === true).length;
  }

  start(): void {
    if (this.#parts.settings.hooks.length === 0) return;
    void this.round();
    this.#timer = setInterval(() => void this.round(), EVERY).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped = true;
    await this.round();
  }

  async #round(): Promise<void> {
    const { settings, snapshot, standings, now, notes } = this.#parts;
    if (this.#stopped || settings.hooks.length === 0) return;
    const at = await now();
    const rows = await standings();
    const told = await this.#told(at);
    for (const { election } of snapshot().elections.values()) {
      if (election === null) continue;
      for (const due of await this.#dueOf(election, rows.get(election.key), at)) {
        const open = settings.hooks
          .map((hook) => ({ hook, name: nameOf(hook, due) }))
          .filter(({ name }) => isOpen(told.get(name), at));
        const message = open.length === 0 ? null : await this.#message(election, rows, due, at);
        if (message === null) continue;
        await Promise.all(open.map((each) => this.#tell(each, told.get(each.name), message, at)));
      }
    }
    const over = [...told].filter(([, note]) => note.at + 2 * TOLD_FOR < at).map(([name]) => name);
    await notes.remove(over);
  }

  async #told(at: Instant): Promise<ReadonlyMap<string, Note>> {
    const found = new Map<string, Note>();
    for (const [name, body] of await this.#parts.notes.read(PREFIX)) {
      const read = noteSchema.safeParse(JSON.parse(body));
      found.set(name, read.success ? read.data : { at, tries: 0, nextAt: null });
    }
    return found;
  }

  async #dueOf(election: Election, row: Standing | undefined, now: Instant): Promise<readonly Due[]> {
    const { key } = election;
    const place = placeOf(election, row, now);
    if (place.stage === 'waiting') this.#waited.set(key, now);
    const published = place.stage === 'published' ? await this.#parts.box.publishedAt(election) : null;
    const moments = {
      key,
      ...place,
      publishedAt: published?.ok ? published.value : null,
      waitedUntil: this.#waited.get(key) ?? null,
    };
    return dueOf(moments, this.#parts.settings.days, now);
  }

  /** Null where there is nothing to say yet, or what is published is not the result. */
  async #message(
    election: Election,
    rows: ReadonlyMap<ElectionKey, Standing>,
    { key, code, at }: Due,
    now: Instant,
  ): Promise<Told | null> {
    const { box, url } = this.#parts;
    const place = placeOf(election, rows.get(key), now);
    const { exceptionsDueAt } = election;
    const common = { ...place, exceptionsDueAt };
    const where = { url: `${url}/elections/${encodeURIComponent(key)}/` };
    if (code !== 'result')
      return { code, key, at, election: { ...common, ...where, elected: null, turnout: null } };
    const ctx = { box, snapshot: this.#parts.snapshot, trouble: this.#parts.trouble };
    const { state, elected, openTies } = summarisePublished(
      await publishedOf(ctx, election, place),
      election,
    );
    if ((state !== 'signed' && state !== 'report') || openTies > 0) return null;
    const status = await box.status(election);
    const cast = status.ok && !status.value.imported ? status.value.cast : null;
    const turnout = status.ok && cast !== null ? { cast, eligible: status.value.eligible } : null;
    const names = elected?.map((each) => each.name) ?? null;
    return { code, key, at, election: { ...common, ...where, elected: names, turnout } };
  }

  async #tell(
    { hook, name }: { readonly hook: Hook; readonly name: string },
    before: Note | undefined,
    told: Told,
    now: Instant,
  ): Promise<void> {
    const { settings, claim, notes, log } = this.#parts;
    const tries = (before?.tries ?? 0) + 1;
    if (!(await claim(`${name} ${tries}`, CLAIMED))) return;
    // A round may take longer than a claim lasts.
    const since = (await this.#told(now)).get(name);
    if ((since?.tries ?? 0) >= tries) return;
    const body = bodyOf(hook.format, told);
    const { outcome, why } = await deliver(
      hook.url,
      body,
      this.#headers(hook, name, body, now),
      settings.loopback,
    );
    const pause = outcome === 'later' ? PAUSES[tries - 1] : undefined;
    const isLost = outcome !== 'done' && pause === undefined;
    const note: Note = {
      at: now,
      tries,
      nextAt: pause === undefined ? null : now + pause,
      ...(isLost && { lost: true }),
    };
    await notes.write(name, JSON.stringify(note));
    const what = { hook: settings.hooks.indexOf(hook) + 1, format: hook.format, key: told.key, why };
    if (outcome === 'done') log.info({ ...what, told: told.code }, 'a hook was told');
    else if (isLost) log.error({ ...what, told: told.code }, 'a hook was not told, and is not tried again');
    else
      log.warn({ ...what, told: told.code, nextAt: note.nextAt }, 'a hook was not told; it is tried again');
  }

  #headers({ format }: Hook, name: string, body: string, now: Instant): Record<string, string> {
    const { secret } = this.#parts.settings;
    if (format !== 'json' || secret === null) return {};
    const id = name.slice(PREFIX.length);
    const timestamp = String(Math.floor(now / 1000));
    return {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': standardSignature(secret, id, timestamp, body),
    };
  }
}

const isOpen = (note: Note | undefined, now: Instant): boolean =>
  note === undefined || (note.nextAt !== null && note.nextAt <= now);

/** One for each hook and event. Says neither: the address of a hook is a secret. */
const nameOf = ({ format, url }: Hook, { key, code, at }: Due): string =>
  PREFIX +
  createHash('sha256')
    .update(JSON.stringify([format, url, key, code, at]))
    .digest('hex')
    .slice(0, 32);
