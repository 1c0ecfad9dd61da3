import type { Judged, Leaf, Tally } from '@elekto/roll';
import { describe, expect, it } from 'vitest';
import { rollExplanation, rollSummary } from './index.ts';

const leaf: Leaf = {
  id: 'who',
  label: 'Contributors',
  except: [],
  source: {
    kind: 'contributions',
    repositories: ['acme/*'],
    exceptRepositories: ['acme/site'],
    kinds: ['commits'],
    weights: {},
    atLeast: 20,
    window: { from: Date.UTC(2025, 5, 1), until: Date.UTC(2026, 5, 1) - 1000 },
  },
};
const person = (tally: Tally | null, more: Partial<Judged> = {}): Judged => ({
  login: 'ada',
  on: false,
  bot: false,
  verdict: { rule: leaf, met: false, tally, wanted: 20, of: [], except: [] },
  ...more,
});

describe('why somebody is on a roll', () => {
  it('says how many count, how many it takes, and where the others were', () => {
    const tally = {
      login: 'ada',
      count: 17,
      kinds: { commits: 12, reviews: 5 },
      first: 0,
      last: 0,
      before: 0,
      after: 1,
      excluded: { 'acme/site': 2 },
    };
    expect(rollExplanation(person(tally), 'en')).toEqual([
      'ada is not on the roll.',
      '  no - Contributors: 17 of 20 contributions, from 2025-06-01 until 2026-05-31 (12 commits and 5 reviews); 2 more were in excluded repositories: acme/site; 1 more was after the window',
    ]);
    expect(rollExplanation(person(tally), 'de')[1]).toContain('2 weitere lagen in ausgenommenen Repositorys');
  });

  it('says that nobody knows somebody', () => {
    expect(rollExplanation(person(null), 'en')).toEqual(['ada is not on the roll.', 'No rule finds ada.']);
  });
});

describe('the summary of a roll', () => {
  it('is a block of Markdown that no name breaks out of', () => {
    const row = {
      login: 'ada',
      on: true,
      rule: 'x ```|',
      count: '3',
      needed: '1',
      first: '2026-01-01',
      last: '2026-01-02',
    };
    const text = rollSummary(
      {
        voters: 1,
        rows: [row],
        rules: [{ rule: row.rule, people: 1, alone: 1 }],
        repositories: 2,
        cloned: 0,
        unattributed: 3,
        difference: {
          added: [{ voter: 'ada', met: [row] }],
          removed: [{ voter: 'bob', excludedBy: [], met: [] }],
          same: 0,
        },
        openUntil: Date.UTC(2026, 0, 2),
      },
      'en',
    );
    expect(text.match(/```/g)).toHaveLength(2);
    expect(text).toContain('| x \\`\\`\\`\\| | 1 | 1 |');
    expect(text).toContain("+ ada is added: by x '''| (3 of 1)\n- bob is removed: no rule says why\n");
    expect(text).toContain('The window ends on 2026-01-02, which is still to come');
  });
});
