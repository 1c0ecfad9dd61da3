import { describe, expect, it } from 'vitest';
import { demoElections, NOW } from '../../../tests/harness/fixtures.ts';
import { entriesOf, meant } from './palette.ts';

const demo = demoElections();
const elections = demo.map(({ overview }) => overview);
const [first] = demo;
if (first === undefined) throw new Error('The example has no election.');
const atHand = { election: first.overview, requests: first.requests, definition: first.definition };
const offered = entriesOf(elections, NOW, atHand);
const labels = (typed: string): string[] => meant(offered, typed).map(({ label }) => label);

describe('the command palette', () => {
  it('offers what waits, the pages, every election and every action before anything is typed, and nobody', () => {
    const groups = new Set(meant(offered, '').map(({ group }) => group));
    expect([...groups]).toEqual(['waiting', 'pages', 'elections', 'actions']);
  });

  it('finds by a few letters of each word, what begins so first', () => {
    expect(labels('docu lead')[0]).toBe('Documentation leads');
    expect(labels('turn')[0]).toBe('Turnout');
    expect(labels('keys')[0]).toBe('Keys');
    expect(labels('colours dark')).toEqual(['Colours: dark']);
    expect(labels('no such thing')).toEqual([]);
  });

  it('leads to the request of a person', () => {
    const [person] = meant(offered, 'contributor-2 ');
    expect(person?.hint).toBe('asked for an exception: Open');
    expect(person?.does).toEqual({
      route: { page: 'election', key: first.overview.key, tab: 'exceptions', item: 'request-2' },
    });
  });

  it('draws no more than a screen of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ login: `voter-${index}`, line: index }));
    const roll = {
      file: 'voters.yaml',
      commit: '',
      voters: many,
      approved: [],
      evidence: null,
      diagnostics: [],
    };
    expect(meant(entriesOf(elections, NOW, { ...atHand, roll }), 'voter').length).toBeLessThanOrEqual(40);
  });
});
