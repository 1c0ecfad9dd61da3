/** The site of files that no server serves: of a folder, or of a branch that is not merged. */
import { opens, phaseAt } from '@elekto/election';
import type { Instant, ReadElection } from '@elekto/election';
import type { SiteSnapshot } from './src/data/model.ts';

export { serveSite, type StaticServer } from './static-server.ts';

/** What the pages of elections as they are read are made of, at a moment; no ballot box is asked. */
export function snapshotOf(
  read: readonly ReadElection[],
  options: {
    readonly commit: string;
    readonly organisation: string;
    readonly now: Instant;
    /** Every page says that it is a preview of this. */
    readonly previewOf?: string;
  },
): SiteSnapshot {
  const { commit, organisation, now, previewOf = null } = options;
  return {
    commit,
    generatedAt: now,
    organisation: { name: organisation, logo: null, accent: null },
    apiOrigin: '',
    previewOf,
    elections: read.flatMap(({ election, diagnostics }) => {
      if (election === null) return [];
      const phase = phaseAt(election, now);
      const waiting = phase === 'open' ? opens(election).waiting : null;
      return [{ ...election, phase, waiting, diagnostics, state: null }];
    }),
    unreadable: read.flatMap(({ key, election, diagnostics }) =>
      election === null ? [{ key, diagnostics }] : [],
    ),
  };
}
