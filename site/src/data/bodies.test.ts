import { describe, expect, it } from 'vitest';
import { bodiesOf, seatsLeftOpen } from './bodies.ts';
import type { PreparedElection } from './prepared.ts';

const NOW = Date.UTC(2026, 5, 1);
const at = (year: number) => Date.UTC(year, 0, 1);
const election = (
  key: string,
  over: Partial<PreparedElection> & { who?: string[] } = {},
): PreparedElection => {
  const { who, ...rest } = over;
  return {
    key,
    name: key,
    body: { name: 'Board', isNamed: false },
    closesAt: at(Number(key)),
    termEndsAt: null,
    status: 'results',
    published: who
      ? { state: 'recounted', outcome: { seats: { elected: who } } }
      : { state: 'report', prose: null },
    candidates: (who ?? []).map((id) => ({ id, slug: id, name: id, label: id })),
    ...rest,
  } as unknown as PreparedElection;
};
const bodies = (...elections: PreparedElection[]) => bodiesOf({ elections, generatedAt: NOW });
const only = (...elections: PreparedElection[]) => {
  const [body] = bodies(...elections);
  return {
    serving: body?.serving.map(({ candidate, until }) => [candidate.id, new Date(until).getUTCFullYear()]),
    unknown: body?.unknown.map(({ election: { key } }) => key),
  };
};

describe('a body', () => {
  it('is what two names have in common, in whatever case, or what one election says', () => {
    expect(
      bodies(election('2025'), election('2026', { body: { name: 'BOARD', isNamed: false } })),
    ).toHaveLength(1);
    expect(bodies(election('2025'))).toEqual([]);
    const [named] = bodies(election('2025', { body: { name: 'Vorständ', isNamed: true } }));
    expect(named).toMatchObject({ name: 'Vorständ', slug: 'vorstand' });
    expect(bodies(election('2025', { body: { name: '理事会', isNamed: true } }))[0]?.slug).toMatch(
      /^~[0-9a-f]+$/,
    );
  });

  it('has its elections newest first', () => {
    const [body] = bodies(election('2024'), election('2026'), election('2025'));
    expect(body?.terms.map((term) => term.election.key)).toEqual(['2026', '2025', '2024']);
  });
});

describe('seats that nobody takes', () => {
  const withSeats = (elected: string[], openTies: object[], quorum = 0) => {
    const seats = { available: 2, elected, openTies, decisions: [], skipped: [] };
    const recount = { seats, options: { quorum }, counts: { cast: 4 } };
    const published = { state: 'recounted', outcome: recount, recount };
    return election('2026', { published: published as unknown as PreparedElection['published'] });
  };
  const tie = { candidates: ['bob', 'cat'], seats: 1, value: null };

  it('are told with the reason: an open tie, also beside who is elected, or a missed quorum', () => {
    const tied = 'bob and cat are tied for the last seat. The ballots do not decide between them.';
    expect(seatsLeftOpen(withSeats([], [tie]), 'en')).toEqual([tied]);
    expect(seatsLeftOpen(withSeats(['ada'], [tie]), 'en')).toEqual([tied]);
    expect(seatsLeftOpen(withSeats([], [], 5), 'en')).toEqual([
      'Nobody is elected: the quorum is 5 ballots, and 4 were cast.',
    ]);
    expect(seatsLeftOpen(withSeats(['ada'], []), 'en')).toEqual([]);
    expect(seatsLeftOpen(election('2026'), 'en'), 'no agreed result').toEqual([]);
  });
});

describe('who serves', () => {
  it('is who was elected for a term that has not ended, until the later of two', () => {
    expect(
      only(
        election('2023', { who: ['zoe'], termEndsAt: at(2025) }),
        election('2025', { who: ['ada', 'bob'], termEndsAt: at(2027) }),
        election('2026', { who: ['cat', 'ada'], termEndsAt: at(2028) }),
      ),
    ).toEqual({
      serving: [
        ['bob', 2027],
        ['ada', 2028],
        ['cat', 2028],
      ],
      unknown: [],
    });
  });

  it('is not told by a result that nobody can check, or without a term', () => {
    expect(only(election('2024'), election('2025'))).toEqual({ serving: [], unknown: ['2025'] });
    expect(only(election('2024', { who: ['a'] }), election('2025', { who: ['b'] }))).toEqual({
      serving: [],
      unknown: ['2025'],
    });
    const known = election('2025', { who: ['ada'], termEndsAt: at(2027) });
    expect(only(known, election('2026', { termEndsAt: at(2028) }), election('2024'))).toEqual({
      serving: [['ada', 2027]],
      unknown: ['2026'],
    });
  });

  it('is each for the own term where these differ, and nobody whose term is not known', () => {
    const terms = [
      { seats: 1, term: '3 years' },
      { seats: 1, term: '1 year' },
    ];
    const served = [
      { term: '3 years', elected: ['ada'] },
      { term: '1 year', elected: ['bob'] },
    ];
    const over = (year: string, given: typeof served) => {
      const seats = { elected: ['ada', 'bob'], terms: given };
      const published = { state: 'recounted', outcome: { seats }, recount: { seats } };
      return election(year, {
        who: ['ada', 'bob'],
        houseRules: { terms },
        termEndsAt: at(Number(year) + 3),
        published: published as unknown as PreparedElection['published'],
      });
    };
    const older = election('2020', { termEndsAt: at(2021), who: ['cat'] });
    expect(only(over('2026', served), older).serving).toEqual([
      ['bob', 2027],
      ['ada', 2029],
    ]);
    expect(only(over('2024', served), older).serving).toEqual([['ada', 2027]]);
    expect(only(over('2026', []), older).serving).toEqual([]);
  });

  it('is nobody who was named by a disputed result', () => {
    const published = { state: 'disputed', dispute: { code: 'other-result' } } as const;
    expect(
      only(election('2026', { published, termEndsAt: at(2028) }), election('2024', { termEndsAt: at(2026) })),
    ).toEqual({
      serving: [],
      unknown: ['2026'],
    });
  });

  it('does not come from an election that is not over', () => {
    expect(
      only(
        election('2027', { status: 'open', published: { state: 'before', early: false } }),
        election('2025'),
      ),
    ).toEqual({ serving: [], unknown: ['2025'] });
  });
});
