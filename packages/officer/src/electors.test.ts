import { expect, it } from 'vitest';
import { electorsSince } from './electors.ts';

const roll = (...logins: string[]): string =>
  `eligible_voters:\n${logins.map((one) => `  - ${one}\n`).join('')}`;
const ENDS = 10;
const voters = [{ login: 'ada', line: 2 }];

it('counts everybody who was on the roll of the branch from then to the end, each once, in whichever folder it lay', async () => {
  const texts = {
    'a/voters.yaml': [
      { text: roll('Ada', 'bob'), since: 1 },
      { text: roll('ada', 'cy'), since: 2 },
      { text: roll('mallory', 'marvin'), since: Infinity },
      { text: roll('ada', 'eve', 'fay'), since: ENDS },
    ],
    'b/voters.yaml': [
      { text: roll('cy', 'dan'), since: 3 },
      { text: 'eligible_voters: {', since: 4 },
    ],
  };
  const asked: unknown[] = [];
  const past = {
    textsOf: (path: string, commit: string, longest?: number) => {
      asked.push([path, commit, longest]);
      return Promise.resolve(texts[path as keyof typeof texts]);
    },
  };
  expect(await electorsSince(past, Object.keys(texts), 'pinned', { voters }, ENDS)).toBe(4);
  expect(asked).toEqual(Object.keys(texts).map((path) => [path, 'pinned', 4 * 1024 * 1024]));
  // Where letters of another case are somebody else.
  expect(await electorsSince(past, ['a/voters.yaml'], 'pinned', { voters, logins: 'exact' }, ENDS)).toBe(4);
});
