import { expect, it } from 'vitest';

import type { PublishedResult } from './published-result.ts';
import { publishedTurnout } from './published-turnout.ts';

const outcome = { counts: { cast: 23n } };
const as = (value: object): PublishedResult => value as unknown as PublishedResult;

it('tells how many voted of how many as it was signed, else by the ballots and the roll, and of no other result', () => {
  const signed = as({ state: 'signed', outcome, file: { cast: 22, eligible: 40 } });
  expect(publishedTurnout(signed, { eligible: 41 })).toEqual({ cast: 22, eligible: 40 });
  const recounted = as({ state: 'recounted', outcome, file: null });
  const voters = Array.from({ length: 37 }, (_, line) => ({ login: `voter-${line}`, line }));
  expect(publishedTurnout(recounted, { voters })).toEqual({ cast: 23, eligible: 37 });
  for (const state of ['pending', 'superseded', 'disputed', 'report', 'none'])
    expect(publishedTurnout(as({ state, outcome }), { voters })).toBeNull();
});
