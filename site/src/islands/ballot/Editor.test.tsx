import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import type { Lang } from '../../texts/index.ts';
import { fill } from '../../texts/fill.ts';
import { BallotProvider } from './context.ts';
import type { BallotContext } from './context.ts';
import { Editor } from './Editor.tsx';
import { emptyDraft } from './ranking.ts';

function shown(lang: Lang, unranked: 'no-opinion' | 'last', allowNoOpinion: boolean): string {
  const context = {
    page: { texts: textsOf(lang), lang, data: { contentLang: 'en' } },
    paper: {
      manifest: {
        allowNoOpinion,
        counting: { unranked },
        representationLimit: allowNoOpinion ? { field: 'employer', max: 2 } : null,
      },
    },
    nameOf: (id: string) => id,
    aboutOf: () => '',
    candidateOf: (id: string) => ({ id, name: id, slug: '', fields: [] }),
  };
  const nothing = () => undefined;
  return renderToStaticMarkup(
    <BallotProvider value={context as unknown as BallotContext}>
      <Editor
        draft={emptyDraft(['ada', 'grace'])}
        notice={null}
        isFirst
        fresh={new Set()}
        onChange={nothing}
        onUndo={null}
        onReview={nothing}
      />
    </BallotProvider>,
  ).replaceAll('&quot;', '"');
}

it.each(LANGS)('what "not ranked" means is said in %s as this election counts it', (lang) => {
  const { notRankedMeans, notRankedLast, instructionsAll, instructionsFree, limit } = textsOf(lang).ballot;
  const free = shown(lang, 'no-opinion', true);
  expect(free).toContain(notRankedMeans);
  expect(free).toContain(instructionsFree);
  expect(free).not.toContain(notRankedLast);
  const limited = fill(limit, { max: 2, field: 'employer' });
  expect(free, 'what limits the seats').toContain(limited);
  const last = shown(lang, 'last', true);
  expect(last).toContain(notRankedLast);
  expect(last).not.toContain(notRankedMeans);
  const all = shown(lang, 'no-opinion', false);
  expect(all).toContain(instructionsAll);
  expect(all).not.toContain(instructionsFree);
  expect(all, 'no limit, no sentence').not.toContain(limited);
});
