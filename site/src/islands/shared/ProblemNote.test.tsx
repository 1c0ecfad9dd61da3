import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import type { ProblemKind } from './problem.ts';
import { ProblemNote } from './ProblemNote.tsx';

const kinds = Object.keys(textsOf('en').refusals) as ProblemKind[];

describe('a problem on the page', () => {
  it.each(LANGS)('says what happened and what to do, aloud, for every kind, in %s', (lang) => {
    for (const kind of kinds) {
      const texts = textsOf(lang);
      const html = renderToStaticMarkup(
        <ProblemNote problem={{ kind, detail: null }} texts={texts} lang={lang} />,
      );
      expect(html).toContain('role="alert"');
      expect(html).toContain(texts.refusals[kind].title);
    }
  });

  it('says how long to wait, and when voting opens', () => {
    const note = (kind: ProblemKind, detail: number) =>
      renderToStaticMarkup(<ProblemNote problem={{ kind, detail }} texts={textsOf('en')} lang="en" />);
    expect(note('too-many-attempts', 1)).toContain('Try again in 1 second.');
    expect(note('not-open-yet', Date.parse('2026-05-01T08:00:00Z'))).toMatch(
      /Friday,? 1 May 2026, 08:00 UTC/,
    );
  });
});
