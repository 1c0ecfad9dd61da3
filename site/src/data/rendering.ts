/**
 * The site that is being rendered, and what the page at hand reads of it: each part by a name (`facts.ts`). A page is
 * rendered anew only when something that it has read is not as it was.
 */
import type { Instant } from '@elekto/election';
import { bodiesOf } from './bodies.ts';
import type { Body } from './bodies.ts';
import type { PreparedElection, SiteData } from './prepared.ts';

export interface Rendering {
  /** As pages see it: what they read is noted. */
  readonly watched: SiteData;
  readonly generatedAt: Instant;
  readonly bodies: readonly Body[];
  /** Election to its body, where that has a page. */
  readonly bodyOf: ReadonlyMap<string, Body>;
  /** Names of what was read; null while no page is rendered. */
  reads: Set<string> | null;
}

declare global {
  // The build prepares the data once and the pages, rendered in the same process, read it here.
  var elektoSite: Rendering | undefined;
}

/** Makes `data` the site that is being rendered. */
export function beginRendering(data: SiteData): Rendering {
  const bodies = bodiesOf(data);
  const rendering: Rendering = {
    watched: new Proxy(data, {
      get(target, name) {
        if (typeof name === 'string') rendering.reads?.add(`data:${name}`);
        return Reflect.get(target, name) as unknown;
      },
    }),
    generatedAt: data.generatedAt,
    bodies,
    bodyOf: new Map(bodies.flatMap((body) => body.terms.map(({ election }) => [election.key, body]))),
    reads: null,
  };
  globalThis.elektoSite = rendering;
  return rendering;
}

function current(): Rendering {
  const rendering = globalThis.elektoSite;
  if (!rendering) throw new Error('There is no site data: build the site with buildSite() of site/build.ts');
  return rendering;
}

/** The data of the build that is running. */
export const siteData = (): SiteData => current().watched;

/** All bodies that have a page. */
export const allBodies = (): readonly Body[] => current().bodies;

/** Whether a moment is over at the time of the build, the moment itself included. */
export function isPast(at: Instant): boolean {
  const { reads, generatedAt } = current();
  reads?.add(`past:${at}`);
  return at <= generatedAt;
}

/** The body of an election, where it has a page. */
export function bodyOfElection({ key }: PreparedElection): Pick<Body, 'name' | 'slug'> | undefined {
  const { reads, bodyOf } = current();
  reads?.add(`body-of:${key}`);
  return bodyOf.get(key);
}
