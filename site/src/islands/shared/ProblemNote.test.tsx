import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LANGS, textsOf } from '../../texts/index.ts';
import type { ProblemKind } from './problem.ts';
import { ProblemNote } from './ProblemNote.tsx';

const kinds = Object.keys(textsOf('en').refusals) as ProblemKind[];

beforeAll(() => void vi.stubGlobal('location', new URL('https://vote.example/elections/a/ballot/?x=1')));
afterAll(() => void vi.unstubAllGlobals());

describe('a problem on the page', () => {
  it.each(LANGS)('says what happened and what to do, aloud, for every kind, in %s', (lang) => {
    for (const kind of kinds) {
      const texts = textsOf(lang);
      const html = renderToStaticMarkup(
        <ProblemNote problem={{ kind, detail: null }} page={{ texts, lang, api: '' }} />,
      );
      expect(html).toContain('role="alert"');
      expect(html).toContain(renderToStaticMarkup(<h2>{texts.refusals[kind].title}</h2>).slice(4, -5));
    }
  });

  it('offers to sign in again, and leads back to the same page', () => {
    const html = renderToStaticMarkup(
      <ProblemNote
        problem={{ kind: 'not-signed-in', detail: null }}
        page={{ texts: textsOf('en'), lang: 'en', api: '' }}
      />,
    );
    expect(html).toContain('href="/auth/sign-in?next=%2Felections%2Fa%2Fballot%2F%3Fx%3D1"');
  });

  it('says how long to wait, and when voting opens', () => {
    const note = (kind: ProblemKind, detail: number) =>
      renderToStaticMarkup(
        <ProblemNote problem={{ kind, detail }} page={{ texts: textsOf('en'), lang: 'en', api: '' }} />,
      );
    expect(note('too-many-attempts', 1)).toContain('Try again in 1 second.');
    expect(note('not-open-yet', Date.parse('2026-05-01T08:00:00Z'))).toMatch(
      /Friday,? 1 May 2026, 08:00 UTC/,
    );
  });
});
