import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import type { Lang } from '../../texts/index.ts';
import type { ProblemKind } from '../shared/problem.ts';
import { BallotProvider } from './context.ts';
import type { BallotContext } from './context.ts';
import { Sealing } from './Sealing.tsx';

function shown(kind: ProblemKind, replacing: boolean, lang: Lang): string {
  const page = { texts: textsOf(lang), lang, api: '', base: '/', data: { key: 'a---b' } };
  return renderToStaticMarkup(
    <BallotProvider value={{ page } as unknown as BallotContext}>
      <Sealing
        progress={null}
        problem={{ kind, detail: null }}
        replacing={replacing}
        onRetry={() => undefined}
        onBack={() => undefined}
      />
    </BallotProvider>,
  );
}

describe('a ballot that comes too late', () => {
  it.each(LANGS)(
    'says in %s that the earlier one counts, where there is one, and leads to the election',
    (lang) => {
      const { change, replaceClosed, retry } = textsOf(lang).ballot;
      const late = shown('already-closed', true, lang);
      expect(late).toContain(replaceClosed);
      expect(late).toContain('href="/elections/a---b/"');
      expect(late, 'there is no ranking to change any more').not.toContain(change);
      expect(late).not.toContain(retry);
      expect(shown('already-closed', false, lang)).not.toContain(replaceClosed);
      expect(shown('not-open-yet', true, lang)).toContain(change);
    },
  );
});
