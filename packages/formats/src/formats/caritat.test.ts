import { describe, expect, it } from 'vitest';

import { readBallotFile } from '../read.ts';
import { problem, read } from '../testing.ts';

const VOTE =
  'subject: Lunch\nmethod: Condorcet\ncandidates:\n  - Ann\n  - "Bob: the second"\n  - Cyd\nallowedVoters: []\n';
const ballot = (...scores: (number | string)[]): string =>
  `---\npreferences:\n${['Ann', '"Bob: the second"', 'Cyd'].map((title, i) => `  - title: ${title}\n    score: ${scores[i]}\n`).join('')}`;
const NAMES = 'Ann Bob: the second Cyd';

describe('caritat', () => {
  it.each([
    [
      'a vote and its ballots',
      `${VOTE}${ballot(3, 1, 2)}${ballot(0, 0, 0)}`,
      `${NAMES}\n1 Ann>Cyd>Bob: the second\n1 Ann=Bob: the second=Cyd`,
    ],
    ['negative scores', `${VOTE}${ballot(-3, 0, 100)}`, `${NAMES}\n1 Cyd>Bob: the second>Ann`],
    [
      'authors and checksums, which are left out',
      `${VOTE}${ballot(1, 2, 3)}author: Zed <z@example.org>\npoolChecksum: >-\n  deayX53W7s8L==\n`,
      `${NAMES}\n1 Cyd>Bob: the second>Ann`,
    ],
    [
      'a missing score as 0',
      `${VOTE}---\npreferences:\n  - title: Ann\n    score: -1\n`,
      `${NAMES}\n1 Bob: the second=Cyd>Ann`,
    ],
    [
      'another order of titles',
      `${VOTE}---\npreferences:\n  - title: Cyd\n    score: 2\n  - title: Ann\n    score: 1\n`,
      `${NAMES}\n1 Cyd>Ann>Bob: the second`,
    ],
    [
      'titles as YAML has them',
      `${VOTE}---\npreferences:\n  - { title: 'Ann', score: 2 }\n  - {score: 5, title: "Cyd"}\n`,
      `${NAMES}\n1 Cyd>Ann>Bob: the second`,
    ],
    [
      'backticks, which YAML wants in quotes',
      "candidates: ['`x`', y]\nmethod: Condorcet\n---\npreferences:\n  - title: '`x`'\n    score: 1\n  - title: y\n    score: 0\n",
      '`x` y\n1 `x`>y',
    ],
    [
      'ballots alone',
      `${ballot(3, 1, 2)}${ballot(1, 2, 2)}`,
      `${NAMES}\n1 Ann>Cyd>Bob: the second\n1 Bob: the second=Cyd>Ann`,
    ],
    [
      'comments and empty documents',
      `# how to vote\n---\n${VOTE}---\n# nothing\n${ballot(3, 1, 2)}`,
      `${NAMES}\n1 Ann>Cyd>Bob: the second`,
    ],
    [
      'ballots as a list in the vote',
      'candidates: [A, B]\nmethod: Condorcet\nballots:\n  - voter: zed\n    preferences:\n      - title: A\n        score: 3\n      - title: B\n        score: 1\n  - - {title: B, score: 2}\n',
      'A B\n1 A>B\n1 B>A',
    ],
    [
      'scores by title in the vote',
      'candidates: [A, B]\nmethod: Condorcet\nvotes:\n  zed: {A: 1, B: 0}\n  yan: {B: 2}\n',
      'A B\n1 A>B\n1 B>A',
    ],
    [
      'a list of ballots as JSON',
      '{"candidates":["A","B"],"votes":[{"preferences":[{"title":"A","score":1}]},{"A":0,"B":2}]}',
      'A B\n1 A>B\n1 B>A',
    ],
    [
      'recorded votes as JSON',
      '{"description":"Lunch","votes":{"zed":{"Ann":1,"Bob":0},"yan":{"Bob":-1,"Ann":-1}}}',
      'Ann Bob\n1 Ann>Bob\n1 Ann=Bob',
    ],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('says that a vote is alone', () => {
    expect(problem(VOTE)).toBe(
      'line 8, column 1: expected ballots of titles and scores, found the end of the file: each is a document with "preferences:" after a line "---"; the file looks like caritat (--from caritat)',
    );
    expect(problem(`${VOTE}ballots: none\n`)).toContain(
      'line 8, column 10: expected an object of ballots by voter, or a list of ballots',
    );
  });

  it('tells the subject, and which score is best', () => {
    const { format, title, notes } = readBallotFile(`${VOTE}${ballot(1, 2, 3)}`);
    expect([format, title]).toEqual(['caritat', 'Lunch']);
    expect(notes).toEqual(['the highest score is best, and a candidate without one has 0']);
  });

  it.each([
    [`${VOTE}${ballot(1, 'two', 3)}`, 'line 13, column 12: expected a whole number as the score'],
    [`${VOTE}${ballot(1, 2.5, 3)}`, 'line 13, column 12: expected a whole number as the score'],
    [
      `${VOTE}---\npreferences:\n  - title: Zed\n    score: 1\n`,
      'line 10, column 12: expected each of the candidates once, found "Zed"',
    ],
    [
      `${VOTE}---\npreferences:\n  - title: Ann\n    score: 1\n  - title: Ann\n    score: 2\n`,
      'line 12, column 12: expected each of the candidates once, found "Ann"',
    ],
    [`${VOTE}---\npreferences:\n  - title: Ann\n`, 'line 10, column 5: expected the key "score"'],
    [`${VOTE}---\npreferences: Ann\n`, 'line 9, column 14: expected a list of titles and scores'],
    [`${VOTE}---\nsubject: x\n`, 'line 9, column 1: expected the key "preferences" or "candidates"'],
    [
      `${VOTE}${ballot(1, 2, 3)}---\n${VOTE}`,
      'line 20, column 3: expected the candidates once, before the ballots',
    ],
    [
      'candidates:\n  - Ann\n  - Ann\n---\npreferences: []\n',
      'line 3, column 5: expected titles that differ and are not empty',
    ],
    [`${VOTE}`, 'line 8, column 1: expected ballots of titles and scores, found the end of the file'],
    [`${VOTE}---\npreferences:\n  - title: Ann\n   score: 1\n`, 'line 11, column 1: expected YAML: '],
    [
      '{"votes":{"zed":{"Ann":1},"yan":{"Bob":1}}}',
      'line 1, column 40: expected a score for the same titles as before',
    ],
    [
      'preferences:\n  - title: A\n    score: 3\n  - title: ""\n    score: 1\n',
      'line 4, column 12: expected each of the candidates once, found ""',
    ],
    ['{"votes":{"zed":{"":1}}}', 'line 1, column 21: expected a score for the same titles as before'],
    ['{"votes":{"zed":{"Ann":"1"}}}', 'line 1, column 24: expected a whole number as the score'],
  ])('names the place in %j', (text, message) => {
    expect(problem(text, { from: 'caritat' })).toContain(message);
  });
});
