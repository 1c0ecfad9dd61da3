/** The JSON file that the site is built from: what the public may see of a snapshot, and nothing of the ballot box but its state. */
import type { BallotBox, BoxState } from '@elekto/ballot-box';
import { phaseAt, type Election, type Instant } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';
import type { SiteElection, SiteSnapshot, UnreadableElection } from '@elekto/site/data';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

import type { Config } from '../config/config.ts';
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

/** Ballots cast, once that is final; while voting is open the pages do not say, as they are not built for each ballot. */
async function finalCount(
  box: BallotBox,
  election: Election,
  state: BoxState | null,
): Promise<number | null> {
  if (state === null || state === 'open') return null;
  const status = await box.status(election);
  return status.ok ? status.value.cast : null;
}

export async function siteData(
  snapshot: MetaSnapshot,
  { config, box, now }: { readonly config: Config; readonly box: BallotBox; readonly now: Instant },
): Promise<SiteSnapshot> {
  const elections: SiteElection[] = [];
  const unreadable: UnreadableElection[] = [];
  for (const [key, { election, diagnostics, staleSince }] of snapshot.elections) {
    if (!election) {
      unreadable.push({ key, diagnostics });
      continue;
    }
    const state = await box.state(key);
    const { voters, votersText: _text, ...rest } = election;
    elections.push({
      ...rest,
      eligible: voters.length,
      phase: phaseAt(election, now),
      // With the phase, what makes the pages of one commit differ from moment to moment.
      exceptionsOver: now > election.exceptionsDueAt,
      diagnostics,
      state,
      cast: await finalCount(box, election, state),
      stale: staleSince !== null,
    });
  }
  return {
    commit: snapshot.commit,
    generatedAt: now,
    organisation: {
      name: config.organisation.name,
      logo: logoData(config.organisation.logo),
      accent: config.organisation.accent ?? null,
    },
    apiOrigin: '',
    siteOrigin: config.url,
    sourceUrl: publicSource(config.meta.source),
    version: VERSION,
    elections,
    unreadable,
  };
}
