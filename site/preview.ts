/** The site of files that no server serves: of a folder, or of a branch that is not merged. */
import { opens, organisationName, phaseAt } from '@elekto/election';
import type { Instant, ReadTree } from '@elekto/election';
import type { SiteSnapshot } from './src/data/model.ts';

export { serveSite, type StaticServer } from './static-server.ts';

/** What the pages of elections as they are read are made of, at a moment; no ballot box is asked. */
export function snapshotOf(
  { elections: read, site }: Pick<ReadTree, 'elections' | 'site'>,
  options: {
    readonly commit: string;
    readonly now: Instant;
    /** Every page says that it is a preview of this. */
    readonly previewOf?: string;
  },
): SiteSnapshot {
  const { commit, now, previewOf = null } = options;
  const readable = read.flatMap(({ election }) => election ?? []);
  return {
    commit,
    generatedAt: now,
    organisation: {
      name: organisationName(site, readable),
      logo: null,
      accent: site.accent,
      url: site.url,
      ...(site.language === null ? {} : { contentLanguage: site.language }),
    },
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
