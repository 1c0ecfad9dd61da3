/** The JSON file that the site is built from: what the public may see of a snapshot, and nothing of the ballot box but its state. */
import { boardSourceOf, boxFactsOf, placeOf } from '@elekto/api';
import { linksBefore } from '@elekto/ballot-box';
import type { BallotBox, BoxState, Standing } from '@elekto/ballot-box';
import { acceptsExceptions, nominationsAt, organisationName } from '@elekto/election';
import type { Election, ElectionKey, Instant } from '@elekto/election';
import type { SnapshotElection } from '@elekto/metarepo';
import type { OfficersCount, SiteElection, SiteSnapshot, UnreadableElection } from '@elekto/site/data';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

import type { Config } from '../config/config.ts';
import { repositoryPage } from '../http/repository-page.ts';
import type { Sync } from '../sync/sync.ts';
import { VERSION } from '../version.ts';

const LOGO_TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
};

function logoData(path: string | undefined): string | null {
  const type = path === undefined ? undefined : LOGO_TYPES[extname(path).toLowerCase()];
  return path === undefined || type === undefined
    ? null
    : `data:${type};base64,${readFileSync(path).toString('base64')}`;
}

/** Where people can read the repository; null for a local one. Never with credentials in it. */
function publicSource(source: string): string | null {
  const url = URL.parse(source);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href.replace(/\.git$/, '');
}

/** Ballots cast, once that is final, of whom; while voting is open the pages do not say, as they are not built for each ballot. */
async function turnoutOf(
  box: BallotBox,
  election: Election,
  state: BoxState | null,
): Promise<{ readonly cast: number | null; readonly eligible: number }> {
  const written = { cast: null, eligible: election.voters.length };
  if (state === null || state === 'open') return written;
  const turnout = await box.turnout(election);
  return turnout.ok ? turnout.value : written;
}

/** How far officers are with a count; null where they hold no key, before the close and once it is counted. */
async function officersCount(
  box: BallotBox,
  { key }: Election,
  row: Standing | undefined,
  snapshot: Sync['snapshot'],
): Promise<OfficersCount | null> {
  if (row === undefined || row.damaged || row.state !== 'closed' || row.manifest.suite !== 2) return null;
  const standing = await box.boardStanding(key, boardSourceOf(snapshot, key));
  if (!standing.ok || standing.value.phase === 'counted') return null;
  const { phase, boxHash, inspectedUntil, mixers, decrypted, threshold, officers } = standing.value;
  return {
    ...{ phase, boxHash, inspectedUntil, threshold },
    mixed: mixers.length,
    decrypted: decrypted.length,
    officers: officers.length,
  };
}

/** What only a box can say. An election without one is not asked about: of hundreds that are over most have none here. */
async function heldFacts(box: BallotBox, election: Election) {
  const published = await box.publishedAt(election);
  return { publishedAt: published.ok ? published.value : null, drift: await box.drift(election) };
}

interface Parts {
  readonly config: Config;
  readonly box: BallotBox;
  readonly standings: ReadonlyMap<ElectionKey, Standing>;
  readonly now: Instant;
}

/** What the pages are made of: nothing in it moves with a vote. */
export async function siteData(sync: Sync, parts: Parts): Promise<SiteSnapshot> {
  const { config, now } = parts;
  const { snapshot } = sync;
  const elections: SiteElection[] = [];
  const unreadable: UnreadableElection[] = [];
  for (const [key, { election, diagnostics, staleSince }] of snapshot.elections) {
    if (!election) unreadable.push({ key, diagnostics });
    else elections.push(await siteElection(election, { diagnostics, staleSince }, sync, parts));
  }
  return {
    commit: snapshot.commit,
    generatedAt: now,
    organisation: {
      // What the operator sets stands over what the repository says.
      name: config.organisation.name ?? organisationName(snapshot.site, elections),
      logo: logoData(config.organisation.logo),
      accent: config.organisation.accent ?? snapshot.site.accent,
      url: snapshot.site.url,
      ...(snapshot.site.language === null ? {} : { contentLanguage: snapshot.site.language }),
    },
    apiOrigin: '',
    siteOrigin: config.url,
    signIn: { name: config.signIn.name, profiles: config.signIn.profiles },
    sourceUrl: publicSource(config.meta.source),
    sourceHost: repositoryPage(config.meta.source, config.signIn)?.host ?? null,
    sourceBranch: config.meta.branch ?? null,
    version: VERSION,
    elections,
    unreadable,
    resultsKeys: snapshot.resultsKeys,
  };
}

/** Until when passphrases lead to ballots; null where a box cannot say. No box is asked where there is none: of hundreds of elections to come the work for a change must not grow with them. */
async function linksOf(box: BallotBox, election: Election, row: Standing | undefined) {
  if (row === undefined) return linksBefore(election);
  const links = await box.linksTold(election);
  return links.ok ? links.value : null;
}

/** What was told of an election last: the same object when it is told again, so that nobody writes or reads it twice. */
const told = new WeakMap<Election, { readonly text: string; readonly made: SiteElection }>();

async function siteElection(
  election: Election,
  { diagnostics, staleSince }: Pick<SnapshotElection, 'diagnostics' | 'staleSince'>,
  sync: Sync,
  { box, standings, now }: Parts,
): Promise<SiteElection> {
  const row = standings.get(election.key);
  const { name, stage, phase, waiting, opensAt, closesAt } = placeOf(election, row, now);
  const trouble = sync.troubles.of(election.key);
  const state = row?.damaged === false ? row.state : null;
  const links = stage === 'held-elsewhere' ? null : await linksOf(box, election, row);
  const held = row === undefined ? null : await heldFacts(box, election);
  const { cast, eligible } = await turnoutOf(box, election, state);
  const moving = {
    name,
    opensAt,
    closesAt,
    phase,
    stage,
    waiting,
    trouble: trouble && { step: trouble.step, code: trouble.code },
    // With the phase, what makes the pages of one commit differ from moment to moment.
    exceptionsOver: !acceptsExceptions({ ...election, opensAt, closesAt }, now),
    nominationsPhase: nominationsAt(election, now),
    diagnostics,
    state,
    cast,
    eligible,
    // No box is asked about what was held elsewhere: the work for a change must not grow with what is long over.
    box:
      row === undefined && waiting === null
        ? ({ state: 'none' } as const)
        : await boxFactsOf(box, election, { waiting }, trouble),
    count: await officersCount(box, election, row, sync.snapshot),
    manifest: row?.damaged === false ? row.manifest : null,
    links,
    closedAt: row?.damaged === false ? row.closedAt : null,
    publishedAt: held?.publishedAt ?? null,
    drift: held?.drift ?? [],
    stale: staleSince !== null,
  };
  const text = JSON.stringify(moving);
  const before = told.get(election);
  if (before?.text === text) return before.made;
  const { voters: _voters, votersText: _text, evidenceText: _evidence, planDone: _done, ...rest } = election;
  const made = { ...rest, ...moving };
  told.set(election, { text, made });
  return made;
}
