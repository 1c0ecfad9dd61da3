/**
 * What pages are made of, part by part. A fact is named by what it is of, and its value is a digest: equal values mean that
 * whoever read no more than that part has nothing new to say.
 *
 * `data:<part>` a part of the site's data; `election:<key>` all of an election; `events:<key>` what is told of its moments,
 * and which of them are over; `order:elections` in which order elections stand; `order:pages` the list of all pages; `past:<instant>` whether that moment is
 * over; `body-of:<key>` the body of an election; `body:<slug>` all of a body.
 */
import { createHash } from 'node:crypto';
import type { Instant } from '@elekto/election';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import type { Rendering } from '../data/rendering.ts';
import { eventsOf, MONTH } from '../feeds/events.ts';
import { AHEAD } from '../feeds/feeds.ts';
import { LANGS } from '../texts/index.ts';

/** 16 bytes of SHA-256, base64url. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

export interface FactsOptions {
  readonly data: SiteData;
  readonly rendering: Pick<Rendering, 'bodies' | 'bodyOf'>;
  /** Election to the digest of all that it was prepared from. */
  readonly elections: ReadonlyMap<string, string>;
  /** Digest of the list of all pages. */
  readonly pages: string;
}

/** What was told of an election's moments, and from when until before when nothing in it moves with the clock. */
const told = new WeakMap<
  PreparedElection,
  { readonly since: Instant; readonly until: Instant; readonly value: string }
>();

export class Facts {
  readonly #options: FactsOptions;
  readonly #byKey: ReadonlyMap<string, PreparedElection>;
  readonly #known = new Map<string, string>();

  constructor(options: FactsOptions) {
    this.#options = options;
    this.#byKey = new Map(options.data.elections.map((election) => [election.key, election]));
  }

  /** Equal for equal content. */
  valueOf(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const at = name.indexOf(':');
    const value = this.#read(name.slice(0, at), name.slice(at + 1));
    this.#known.set(name, value);
    return value;
  }

  #read(kind: string, of: string): string {
    const { data, rendering, elections } = this.#options;
    switch (kind) {
      case 'data':
        return of === 'elections'
          ? digestOf(JSON.stringify([...elections]))
          : digestOf(JSON.stringify(data[of as keyof SiteData] ?? null));
      case 'election':
        return elections.get(of) ?? 'none';
      case 'events':
        return this.#events(of);
      case 'order':
        return of === 'pages' ? this.#options.pages : digestOf(JSON.stringify([...elections.keys()]));
      case 'past':
        return Number(of) <= data.generatedAt ? 'past' : 'ahead';
      case 'body-of': {
        const body = rendering.bodyOf.get(of);
        return body ? digestOf(JSON.stringify([body.slug, body.name])) : 'none';
      }
      case 'body':
        return this.#body(of);
      default:
        throw new Error(`There is no fact "${kind}:${of}".`);
    }
  }

  #events(key: string): string {
    const election = this.#byKey.get(key);
    if (!election) return 'none';
    const { generatedAt } = this.#options.data;
    const known = told.get(election);
    if (known && known.since <= generatedAt && generatedAt < known.until) return known.value;
    const inEach = LANGS.map((lang) => eventsOf(election, lang, generatedAt));
    const events = inEach[0] ?? [];
    // Feeds look a second ahead, calendars do not. What has no moment behind it is dated by the build.
    const seen = [generatedAt + AHEAD, generatedAt].map((now) => events.filter(({ at }) => at <= now).length);
    const dated = seen.includes(0) ? generatedAt : null;
    const value = digestOf(JSON.stringify([inEach, seen, dated]));
    // One that is dated by the build, here or by a publication to come, is another at each moment.
    if (dated === null && (election.publishedAt ?? 0) <= generatedAt) {
      const moments = [
        ...events.flatMap(({ at }) => [at - AHEAD, at]),
        ...events.filter(({ kind }) => kind === 'announced').map(({ at }) => at + MONTH),
        election.opensAt,
      ].filter((at) => at > generatedAt);
      told.set(election, { since: generatedAt, until: Math.min(Infinity, ...moments), value });
    }
    return value;
  }

  #body(slug: string): string {
    const { rendering, elections } = this.#options;
    const body = rendering.bodies.find((each) => each.slug === slug);
    if (!body) return 'none';
    const { name, terms, serving, unknown } = body;
    return digestOf(
      JSON.stringify([
        name,
        terms.map(({ election }) => [election.key, elections.get(election.key)]),
        serving.map(({ candidate, election, until }) => [candidate.id, election.key, until]),
        unknown.map(({ election }) => election.key),
      ]),
    );
  }
}
