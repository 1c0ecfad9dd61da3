import { count } from '@elekto/tally';
import type { CountOptions, MethodName, Outcome } from '@elekto/tally';
import { describe, expect, it } from 'vitest';

import {
  backgroundSentence,
  headline,
  houseRuleSentences,
  lastSeat,
  pairSentence,
  roundSentences,
  roundTable,
  seatSentences,
  standing,
  stepSentence,
  votesIn,
  warningSentences,
} from './index.ts';

/** Ballots in short, as in the tests of the engine: `3: a > b = c`. */
function counted(lines: readonly string[], options: CountOptions = {}, ids = 'a b c'): Outcome {
  const candidates = ids.split(' ');
  const ballots = lines.map((line) => {
    const [, times = '1', ranking = ''] = /^(?:(\d+):)?(.*)$/.exec(line) ?? [];
    const ranks = candidates.map((): number | null => null);
    ranking.split('>').forEach((tier, i) => {
      for (const id of tier.split('=').map((each) => each.trim()))
        if (id !== '') ranks[candidates.indexOf(id)] = i + 1;
    });
    return { ranks, count: Number(times) };
  });
  return count({ candidates, ballots }, options);
}

const NAMES = { a: 'Ada', b: 'Grace', c: 'Linus' };
const CIRCLE = ['7: a > b > c', '6: b > c > a', '5: c > a > b'];
const limit = (max: number, values: Record<string, string>): Pick<CountOptions, 'limit'> => ({
  limit: { field: 'employer', max, values: new Map(Object.entries(values)) },
});
const seats = (outcome: Outcome, lang: 'en' | 'de' = 'en'): string[] => [
  headline(outcome, NAMES, lang),
  ...seatSentences(outcome, NAMES, lang),
];

describe('what became of the seats', () => {
  it('begins with who is elected', () => {
    expect(seats(counted(['a > b > c'], { seats: 2 }))).toEqual(['Ada and Grace are elected.']);
    expect(seats(counted(['a > b > c']), 'de')).toEqual(['Ada ist gewählt.']);
    expect(seats(counted(['a > b > c'], { seats: 0 }))).toEqual(['Nobody is elected.']);
  });

  it('says how the last seat went where neither a tie nor a limit does, and why', () => {
    expect(lastSeat(counted(['2: a > b > c', 'b > c > a'], { seats: 2 }), NAMES, 'en')).toEqual({
      went: 'The last seat went to Grace; Linus came next.',
      why: ['Grace over Linus: 3 prefer Grace, 0 prefer Linus.'],
    });
    expect(lastSeat(counted(['a > b > c']), NAMES, 'de')?.went).toBe(
      'Der Sitz ging an Ada; danach in der Reihenfolge: Grace.',
    );
    expect(lastSeat(counted(['2: a', 'b > a'], { method: 'irv' }), NAMES, 'en')).toEqual({
      went: 'The seat went to Ada; Grace came next.',
      why: ['Round 2: Grace with the fewest votes, 1, is excluded.', 'Round 2: Ada is left.'],
    });
    expect(lastSeat(counted(['2: a > b > c', 'b > a'], { method: 'borda' }), NAMES, 'en')?.why).toEqual([
      'Ada scores 3: place 1.',
      'Grace scores 1: place 2.',
    ]);
    expect(lastSeat(counted(['2: a > b = c']), NAMES, 'en')).toEqual({
      went: 'The seat went to Ada; Grace and Linus came next.',
      why: ['Ada over Grace: 2 prefer Ada, 0 prefer Grace.', 'Ada over Linus: 2 prefer Ada, 0 prefer Linus.'],
    });
    expect(lastSeat(counted(['a = b > c'], { seats: 2 }), NAMES, 'en')?.went).toBe(
      'Ada and Grace are level and took the last seats; Linus came next.',
    );
    expect(lastSeat(counted(['a = b > c'], { seats: 2 }), NAMES, 'de')?.went).toBe(
      'Ada und Grace liegen gleichauf und bekamen die letzten Sitze; danach in der Reihenfolge: Linus.',
    );
    const none = [
      counted(['a = b > c'], { seats: 1 }),
      counted(['a > b > c'], { seats: 3 }),
      counted(['a > b > c'], { seats: 0 }),
    ];
    expect(none.map((outcome) => lastSeat(outcome, NAMES, 'en'))).toEqual([null, null, null]);
  });

  it('begins with who takes a vacant seat, and who sits only keeps it', () => {
    const back = (lines: readonly string[], lang: 'en' | 'de' = 'en', size = 2): string[] =>
      seats(counted(lines, { seats: size, sitting: ['a'] }), lang);
    expect(back(['b > c > a'])).toEqual(['Grace takes the vacant seat.', 'Ada kept the seat.']);
    expect(back(['b > c > a'], 'de', 3)).toEqual([
      'Grace und Linus rücken auf die frei gewordenen Sitze nach.',
      'Ada behielt den Sitz.',
    ]);
    expect(back(['a > b = c'])).toEqual([
      'Grace and Linus are tied for the last seat. The ballots do not decide between them.',
      'Ada kept the seat.',
    ]);
    expect(back(['b > c > a'], 'en', 1)).toEqual(['Nobody takes the vacant seat.', 'Ada kept the seat.']);
  });

  it('names every tie that is open, once', () => {
    const tied = 'Grace and Linus are tied for the last seat. The ballots do not decide between them.';
    expect(seats(counted(['a > b = c'], { seats: 2 }))).toEqual(['Ada is elected.', tied]);
    expect(seats(counted(['a = b = c'], { seats: 2 }))).toEqual([
      'Ada, Grace and Linus are tied for the 2 seats. The ballots do not decide between them.',
    ]);
    const two = counted(
      ['a = b = c = d'],
      { seats: 2, ...limit(1, { a: 'X', b: 'X', c: 'Y', d: 'Y' }) },
      'a b c d',
    );
    expect(seats(two)).toEqual([
      'Ada and Grace are tied for the last seat that the limit leaves to employer "X". The ballots do not decide between them.',
      'Linus and d are tied for the last seat that the limit leaves to employer "Y". The ballots do not decide between them.',
    ]);
  });

  it('tells how people decided a tie', () => {
    const decisions = [{ winners: ['c'], how: 'a coin, thrown in the meeting' }];
    expect(seats(counted(['a > b = c'], { seats: 2, decisions }))).toEqual([
      'Ada and Linus are elected.',
      'Grace and Linus were tied for the last seat. Decided for Linus: a coin, thrown in the meeting',
    ]);
    const limited = counted(['a = b > c'], {
      decisions: [{ winners: ['b'], how: 'lots' }],
      ...limit(1, { a: 'X', b: 'X' }),
      seats: 2,
    });
    expect(seats(limited)).toEqual([
      'Grace and Linus are elected.',
      'Ada and Grace were tied for the last seat that the limit leaves to employer "X". Decided for Grace: lots',
      'Ada was passed over: at most 1 seat may go to candidates whose employer is "X", and Grace has it.',
    ]);
  });

  it('says who was passed over and who has the seats', () => {
    const values = { a: 'X', b: 'X', c: 'X' };
    expect(seats(counted(['a > b > c'], { seats: 3, ...limit(2, values) }))[1]).toBe(
      'Linus was passed over: at most 2 seats may go to candidates whose employer is "X", and Ada and Grace have them.',
    );
    expect(seats(counted(['a > b > c'], { seats: 3, ...limit(0, values) }), 'de')[1]).toBe(
      'Ada wurde übergangen: Höchstens 0 Sitze gehen an Personen, bei denen employer „X“ ist.',
    );
    // Grace or Linus takes the second seat of X, which is open: d is passed over, and nobody has it yet.
    const open = counted(['a > b = c > d'], { seats: 4, ...limit(2, { ...values, d: 'X' }) }, 'a b c d');
    expect(seats(open).at(-1)).toBe(
      'd was passed over: at most 2 seats may go to candidates whose employer is "X".',
    );
  });

  it('says it of one candidate in a word', () => {
    const outcome = counted(['a > b > c = d'], { seats: 2, ...limit(1, { a: 'X', b: 'X' }) }, 'a b c d');
    expect(outcome.candidates.map((id) => standing(outcome, id, 'en'))).toEqual([
      'elected',
      'passed over',
      'tied for a seat',
      'tied for a seat',
    ]);
    expect(standing(counted(['a > b']), 'b', 'de')).toBe('');
  });

  it('says of whom no way to break a tie in rounds seats, though they share the first place', () => {
    // Whoever of the three is excluded first, a or b has two of the three ballots then, and c one.
    const outcome = counted(['a > b', 'b > a', 'c > a'], { method: 'irv' });
    expect(outcome.places[0]?.candidates).toEqual(['a', 'b', 'c']);
    expect(outcome.candidates.map((id) => standing(outcome, id, 'en'))).toEqual([
      'tied for a seat',
      'tied for a seat',
      'no seat, however the tie ends',
    ]);
  });

  it('adds how many there were, and who is preferred to everybody', () => {
    expect(backgroundSentence(counted(['a > b > c'], { seats: 2 }), NAMES, 'en')).toBe(
      '2 seats were to be filled. Ada is preferred to every other candidate, one against one.',
    );
    expect(backgroundSentence(counted(CIRCLE), NAMES, 'de')).toBe('Ein Sitz war zu vergeben.');
  });
});

describe('the rules of an organisation', () => {
  const told = (lines: readonly string[], options: CountOptions, lang: 'en' | 'de' = 'en') =>
    seats(counted(lines, options), lang);
  const none = { candidate: 'c' } as const;

  it('say first that a quorum was missed', () => {
    expect(told(['a > b'], { quorum: 2 })).toEqual([
      'Nobody is elected: the quorum is 2 ballots, and 1 was cast.',
    ]);
    expect(warningSentences(counted(['a > b'], { quorum: 2 }), NAMES, 'en').join(' ')).not.toMatch(/quorum/);
    expect(told(['a > b', 'b'], { quorum: 1000 }, 'de')[0]).toBe(
      'Niemand ist gewählt: Das Quorum sind 1.000 Stimmzettel, und 2 wurden abgegeben.',
    );
  });

  it('say why somebody may take no seat', () => {
    expect(told(['3: c > a > b', '2: a > b > c', '1: a > c > b'], { noneOfTheAbove: none })).toEqual([
      'Nobody is elected.',
      'Ada was passed over: 3 prefer Ada to Linus, 3 prefer Linus to Ada, which is no majority over it.',
      'Linus stands for nobody and takes no seat.',
      'Grace was passed over: 2 prefer Grace to Linus, 4 prefer Linus to Grace, which is no majority over it.',
    ]);
    const twice = { noneOfTheAbove: { ...none, majority: { part: 2, whole: 1 } } };
    expect(told(['3: a > c > b', '2: c > a > b'], twice)[1]).toBe(
      'Ada was passed over: 3 prefer Ada to Linus, 2 prefer Linus to Ada, and it takes a majority of 2:1 over it.',
    );
    expect(told(['3: a > c > b'], { noneOfTheAbove: { ...none, support: 5 } })[1]).toBe(
      'Ada was passed over: 3 prefer Ada to Linus, and it takes 5.',
    );
    expect(told(['9: b', 'a > b'], { minimumShare: { part: 1, whole: 2 } })[1]).toBe(
      'Ada was passed over: 1 of 10 ballots rank Ada, and it takes 1/2.',
    );
    expect(standing(counted(['c > a'], { noneOfTheAbove: none }), 'c', 'en')).toBe('no seat');
  });

  it('say for whom seats are kept, and ties of a group', () => {
    const groups = (members: Record<string, string>, n = 1): CountOptions => ({
      seats: 2,
      groups: { field: 'region', seats: new Map([['EMEA', n]]), values: new Map(Object.entries(members)) },
    });
    expect(told(['a > b > c'], groups({ c: 'EMEA' }))).toEqual([
      'Ada and Linus are elected.',
      'Grace was passed over: the last seat is kept for candidates whose region is EMEA.',
    ]);
    const tied = counted(['a > d > b = c'], groups({ b: 'EMEA', c: 'EMEA' }), 'a b c d');
    expect(seatSentences(tied, NAMES, 'en')).toContain(
      'Grace and Linus are tied for the last seat that is open to region "EMEA". The ballots do not decide between them.',
    );
    expect(warningSentences(counted(['a > b'], groups({ a: 'EMEA' }, 2)), NAMES, 'en')).toContain(
      '2 seats are promised to candidates whose region is "EMEA", and there is nobody more of them who may take one.',
    );
  });

  it('say who was dropped before the count', () => {
    const outcome = counted(['2: a > c > b', 'b > a > c'], { noneOfTheAbove: { ...none, rule: 'drop' } });
    expect(stepSentence(outcome.steps[0] as never, outcome, NAMES, 'en')).toBe(
      'Grace was dropped before the count: there is no majority over Linus. Place 3.',
    );
    expect(outcome.explanation.map((pair) => pairSentence(outcome, pair, NAMES, 'en'))[0]).toBe(
      'Ada and Grace: 2 prefer Ada, 1 prefers Grace; who has no majority over Linus was dropped before the count.',
    );
  });

  it('are told before the vote', () => {
    const majority = { part: 1, whole: 1 };
    expect(
      houseRuleSentences(
        {
          quorum: { part: 25, whole: 100 },
          minimumShare: { part: 1, whole: 10 },
          noneOfTheAbove: { candidate: 'c', rule: 'drop', majority, support: 5 },
          groups: { field: 'region', seats: { EMEA: 1 } },
          terms: [
            { seats: 1, term: '2 years' },
            { seats: 3, term: '18 months' },
            { seats: 1, term: '2027-12-31' },
          ],
          vacancies: 'count-back',
        },
        NAMES,
        'en',
      ),
    ).toEqual([
      'Nobody is elected unless 25% of those on the roll cast a ballot.',
      'Nobody is elected whom fewer than 1/10 of the ballots rank.',
      'Linus stands for nobody: whoever is not preferred to it by more ballots than the other way round takes no seat.',
      'At least 5 ballots must prefer a candidate to Linus.',
      'Those without that majority are dropped before the count.',
      '1 seat is kept for candidates whose region is "EMEA".',
      'Who is placed first of those elected serves 2 years.',
      'The next 3 serve 18 months.',
      'The next one serves until 2027-12-31.',
      'A seat that falls vacant later is filled by counting the same ballots again without the one who left; whoever sits stays.',
    ]);
    const twice = { candidate: 'c', rule: 'seats', majority: { part: 2, whole: 1 }, support: 0 } as const;
    expect(houseRuleSentences({ quorum: { ballots: 9 }, noneOfTheAbove: twice }, NAMES, 'de')).toEqual([
      'Niemand ist gewählt, wenn nicht 9 Stimmzettel abgegeben werden.',
      'Linus steht für niemanden: Wer nicht mit einer Mehrheit von 2:1 vorgezogen wird, nimmt keinen Sitz ein.',
    ]);
    expect(houseRuleSentences({}, NAMES, 'en')).toEqual([]);
  });
});

describe('candidates with awkward ids', () => {
  it('are never mistaken for words of a sentence, nor their names for ids', () => {
    const outcome = counted(
      ['may > 1 > over', '1 > over'],
      { seats: 2, ...limit(1, { may: 'is', '1': 'is' }) },
      'may 1 over',
    );
    const names = { may: 'May over', over: '{n}', '1': 'may' };
    expect(outcome.steps.map((step) => stepSentence(step, outcome, names, 'en'))).toEqual([
      'May over is beaten by nobody: place 1.',
      'may is beaten by May over: place 2.',
      '{n} is beaten by may and May over: place 3.',
    ]);
    expect(seatSentences(outcome, names, 'en')).toEqual([
      'may was passed over: at most 1 seat may go to candidates whose employer is "is", and May over has it.',
    ]);
    expect(headline(counted(['__proto__ > b'], {}, '__proto__ b'), {}, 'en')).toBe('__proto__ is elected.');
  });
});

describe('what may surprise', () => {
  const warned = (lines: readonly string[], options: CountOptions = {}, lang: 'en' | 'de' = 'en'): string[] =>
    warningSentences(counted(lines, options), NAMES, lang);

  it('is said of ballots', () => {
    expect(warned([], { seats: 3 })).toEqual(['No ballot was cast: every candidate is level.']);
    expect(warned(['2:'], { seats: 3 })).toEqual(['Every ballot is blank: every candidate is level.']);
    expect(warned(['9: a > b > c', '1: b'])[0]).toMatch(
      /^1 ballot gives no two candidates different numbers/,
    );
    expect(warned(['9: a > b > c', '2: b'], {}, 'de')[0]).toMatch(/^2 Stimmzettel geben niemandem/);
  });

  it('is said of candidates', () => {
    expect(warned(['2: a > b', 'c', 'c'])[1]).toBe(
      'No ballot compares Linus with anybody, so nobody beats this candidate.',
    );
    expect(warned(['a', 'b', 'c'], { seats: 3 })[1]).toBe(
      'No ballot compares Ada, Grace and Linus with anybody, so nobody beats these candidates.',
    );
    expect(warned(['1000: a > b', '1: c > a > b'])).toEqual([
      'Linus is elected on the word of 1 of 1,001 ballots; the others do not rank them and count neither for nor against.',
    ]);
  });

  it('is said of seats and decisions, but for ties, which the result begins with', () => {
    expect(warned(['a > b = c'], { seats: 2 })).toEqual([]);
    expect(warned(['a > b > c'], { seats: 4 })).toEqual(['There are 4 seats and 3 candidates.']);
    expect(warned(['a > b > c'], limit(1, { a: 'X' }))).toEqual([
      'No employer is known of Grace and Linus, so the limit does not apply to them.',
    ]);
    expect(warned(['a > b > c'], limit(1, { a: 'X', b: 'X' }))).toEqual([
      'No employer is known of Linus, so the limit does not apply to this candidate.',
    ]);
    expect(warned(['a > b > c'], { decisions: [{ winners: ['b'], how: 'a coin' }] })).toEqual([
      'The recorded decision for Grace ("a coin") fits no open tie and was not used.',
    ]);
  });
});

describe('the steps', () => {
  const steps = (method: MethodName, lines: readonly string[], options: CountOptions = {}): string[] => {
    const outcome = counted(lines, { method, ...options });
    return outcome.steps.map((step) => stepSentence(step, outcome, NAMES, 'en'));
  };

  it('are told by every method', () => {
    expect(steps('ranked-pairs', CIRCLE).slice(1, 4)).toEqual([
      'Ada over Grace (12) is locked in.',
      'Linus over Ada (11) is left out: it would close a circle.',
      'Ada is beaten by nobody: place 1.',
    ]);
    expect(steps('copeland', ['2: a > b > c', 'c > a'])).toEqual([
      'Ada wins 2, draws 0 and loses 0: place 1.',
      'Grace wins 1, draws 0 and loses 1: place 2.',
      'Linus wins 0, draws 0 and loses 2: place 3.',
    ]);
    expect(steps('minimax', ['2: a > b = c'])).toEqual([
      'Ada has no defeat: place 1.',
      'Grace has the worst defeat 2 (by Ada): place 2.',
      'Linus has the worst defeat 2 (by Ada): place 2.',
    ]);
    expect(steps('kemeny-young', ['a > b = c'])).toEqual([
      'The best order agrees with 2 preferences: Ada > Grace and Linus.',
    ]);
    expect(steps('borda', ['1200: a > b > c'])).toEqual([
      'Ada scores 2,400: place 1.',
      'Grace scores 0: place 2.',
      'Linus scores -2,400: place 3.',
    ]);
  });

  it('tell a tie before a round: left open, decided, or without effect', () => {
    const tied = ['4: a > b', '4: b > a'];
    expect(steps('irv', tied)[1]).toBe(
      'Before round 2 Ada and Grace are level for exclusion. The way it is broken decides who is elected, so it is left open.',
    );
    expect(steps('irv', tied, { decisions: [{ winners: ['b'], how: 'a coin' }] })[1]).toMatch(
      / The recorded decision resolves it: a coin\.$/,
    );
    expect(steps('irv', ['5: a', 'b > a', 'c > a'])[0]).toMatch(
      / However it is broken, the same candidates are elected\.$/,
    );
  });
});

describe('the rounds', () => {
  const rounds = (outcome: Outcome, lang: 'en' | 'de' = 'en'): string[] =>
    outcome.rounds.map((round) => roundSentences(round, NAMES, lang));

  it('tell what happened', () => {
    const scottish = counted(['60: a > b', '30: b', '10: c'], { method: 'scottish-stv', seats: 2 });
    expect(rounds(scottish)).toEqual([
      'First preferences. Ada reached the quota.',
      'The surplus of Ada, 26, moves on. Grace reached the quota.',
    ]);
    const meek = counted(['60: a > b', '30: b', '31: c'], { method: 'meek-stv', seats: 2 });
    expect(rounds(meek).slice(0, 2).join(' ')).toMatch(
      /^First count\. Ada reached the quota\. Votes above the quota pass on\./,
    );
    expect(rounds(counted(['5: a', '4: b', '1: c > b'], { method: 'irv' }))).toEqual([
      'Linus with the fewest votes, 1, is excluded.',
      expect.stringMatching(/^(Ada|Grace) with the fewest votes, 5, is excluded\. (Ada|Grace) is left\.$/),
    ]);
    expect(rounds(counted(['5: a'], { method: 'irv' }), 'de')[0]).toBe(
      'Grace und Linus scheiden mit den wenigsten Stimmen, 0, aus. Ada bleibt übrig.',
    );
    const barred = counted(['5: a', '3: b', '2: c'], {
      method: 'scottish-stv',
      seats: 2,
      ...limit(1, { a: 'X', b: 'X' }),
    });
    expect(rounds(barred)[1]).toBe(
      'Grace cannot be seated under the rules and their votes move on. Linus takes a seat that is left.',
    );
  });

  it('are a table with two decimals where votes are shared', () => {
    const outcome = counted(['3: a = b = c', '2: b > c'], { method: 'irv' });
    expect(roundTable(outcome, NAMES, 'en')).toEqual([
      ['', '1', '2'],
      ['Grace', '3', '3.50'],
      ['Ada', '1', ''],
      ['Linus', '1', '1.50'],
      ['exhausted', '0', '0'],
    ]);
  });

  it('round halves up, exactly, at any size', () => {
    expect([
      votesIn('25/3', 'en'),
      votesIn('1/8', 'de'),
      votesIn('199/100', 'en'),
      votesIn('999/500', 'en'),
    ]).toEqual(['8.33', '0,13', '1.99', '2.00']);
    expect(votesIn(`${2n ** 60n * 3n + 1n}/3`, 'en')).toBe('1,152,921,504,606,846,976.33');
  });
});

describe('why one goes before the other', () => {
  const pairs = (lines: readonly string[], options: CountOptions = {}): string[] => {
    const outcome = counted(lines, options);
    return outcome.explanation.map((pair) => pairSentence(outcome, pair, NAMES, 'en'));
  };

  it('says what decided', () => {
    expect(pairs(['120: b > a > c', '88: a > b > c'])[0]).toBe(
      'Grace over Ada: 120 prefer Grace, 88 prefer Ada.',
    );
    expect(pairs(['2: a > b', '3: b > c'])[1]).toBe(
      'Ada over Linus: no ballot prefers either; the path Ada > Grace > Linus holds 2 and there is no path back.',
    );
    expect(pairs(CIRCLE, { method: 'ranked-pairs' })[1]).toBe(
      'Ada over Linus: 7 prefer Ada, 11 prefer Linus; locked victories lead from one to the other: Ada > Grace > Linus.',
    );
    expect(pairs(CIRCLE, { method: 'kemeny-young' })[1]).toBe(
      'Ada over Linus: 7 prefer Ada, 11 prefer Linus; every best order of all candidates says so.',
    );
  });

  it.each([
    ['winning', 'holds 12 and the strongest path back holds only 11.'],
    ['margins', 'holds 6 ballots ahead and the strongest path back holds only 4 ballots ahead.'],
    ['ratio', 'holds 2:1 and the strongest path back holds only 11:7.'],
    ['opposition', 'holds 6 against and the strongest path back holds only 7 against.'],
  ] as const)('measures paths by %s', (strength, end) => {
    expect(pairs(CIRCLE, { strength })[1]).toBe(
      `Ada over Linus: 7 prefer Ada, 11 prefer Linus; the path Ada > Grace > Linus ${end}`,
    );
  });

  it('tells a path that nobody is against from none', () => {
    expect(pairs(['2: a > b', '3: b > c'], { strength: 'opposition' })[1]).toBe(
      'Ada over Linus: no ballot prefers either; the path Ada > Grace > Linus holds 0 against and there is no path back.',
    );
  });

  it('says why neither does', () => {
    const level = ['2: a > b', '2: b > c', '2: c > a'];
    expect(pairs(['2: a > b', '2: b > a'])[0]).toBe('Ada and Grace are level: 2 prefer Ada, 2 prefer Grace.');
    expect(pairs(['a', 'b'])[0]).toBe('Ada and Grace are level: no ballot prefers either.');
    expect(pairs(level)[0]).toMatch(/; the strongest paths both ways are equally strong\.$/);
    expect(pairs(level, { method: 'ranked-pairs' })[0]).toMatch(
      /; no locked victories lead from one to the other\.$/,
    );
    expect(pairs(level, { method: 'kemeny-young' })[0]).toMatch(
      /; the best orders of all candidates disagree\.$/,
    );
  });
});
