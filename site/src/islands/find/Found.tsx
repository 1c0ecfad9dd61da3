import { phrase } from '@elekto/words/phrase';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import { Heading } from '../shared/Heading.tsx';
import { namesOf } from '../shared/open-data.ts';
import { fromRanking } from '../ballot/ranking.ts';
import { ballotSentence } from '../ballot/sentence.ts';
import type { FindPage } from './find-page.ts';
import type { Lookup } from './find-ballot.ts';

interface Props {
  readonly found: Lookup;
  readonly entry: ElectionEntry | undefined;
  readonly page: FindPage;
}

/** What became of the search, in words; the ballot itself as the sentence its voter has seen before casting. */
export function Found({ found, entry, page }: Props) {
  const { find: t, ballot } = page.texts;
  const title = {
    found: t.found,
    listed: t.listed,
    'not-found': t.notFound,
    'no-trackers': t.noTrackers,
    disputed: t.disputed,
  }[found.kind];
  const tone = { found: 'good', listed: 'good', 'not-found': 'warn', 'no-trackers': 'warn', disputed: 'bad' }[
    found.kind
  ];
  return (
    <div className={`note ${tone}`}>
      <Heading>{title}</Heading>
      {found.kind === 'found' && (
        <p className="sentence">
          {ballotSentence(
            fromRanking(found.candidates, found.ranking),
            namesOf(entry),
            ballot,
            page.lang,
            entry?.counting.unranked ?? 'no-opinion',
          )}
        </p>
      )}
      {found.kind === 'disputed' && (
        <p>{phrase(page.texts.checks[found.check.code], found.check.facts, page.lang)}</p>
      )}
      {found.kind === 'listed' && <p>{t.listedText}</p>}
      {found.kind === 'not-found' && <p>{t.notFoundHelp}</p>}
    </div>
  );
}
