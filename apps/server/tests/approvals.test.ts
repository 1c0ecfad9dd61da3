import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';

/** What the guides promise of an approval; each says it in these words, and none says that it counts at once. */
const PROMISE = 'An approval alone does not let anybody vote: the person also needs a line in `voters.yaml`.';
const GUIDES = ['administrators.md', 'officers.md', 'voters.md'];

const key = 'steering';
const files = { voters: ['vera'], exceptionsDue: '2026-03-05 00:00:00' };
let running: Running;
let meta: string;
beforeAll(async () => {
  meta = writeMeta({ [key]: files });
  running = await run({ meta, people: ['vera', 'nina', 'olga'] });
});
afterAll(() => running?.stop());

it.each(GUIDES)('%s says what an approval does', (guide) => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs', guide), 'utf8').replace(/\s+/g, ' ');
  expect(text).toContain(PROMISE);
  expect(text).not.toMatch(/take effect at once/i);
});

it('and so it is: who is approved is refused until their line is there, and votes then', async () => {
  const [nina, olga] = [await running.signedIn('nina'), await running.signedIn('olga')];
  const standing = async () => (await nina.api.me.stand.query({ key })).stand;
  expect(await standing()).toEqual({ kind: 'may-ask', next: 'ask' });
  const plea = { key, name: 'Nina', email: 'nina@example.org', reason: 'I wrote the docs.' };
  const { id, version } = await nina.api.exception.request.mutate(plea);
  await olga.api.officer.decide.mutate({ key, id, version, status: 'more-information', note: 'Which?' });
  expect(await standing()).toEqual({ kind: 'more-asked', next: 'reply' });
  const answered = await nina.api.exception.reply.mutate({ key, version: version + 1, text: 'These.' });
  expect(await standing()).toEqual({ kind: 'asked', next: 'request' });
  expect(answered).toMatchObject({ status: 'open', history: [{ from: 'officer' }, { from: 'voter' }] });
  const decision = { key, id, version: answered.version, status: 'approved' as const, note: '' };
  await olga.api.officer.decide.mutate(decision);
  expect(await standing()).toEqual({ kind: 'approved', next: 'request' });
  expect(await refusalOf(nina.api.ballot.paper.query({ key }))).toBe('not-eligible');
  writeElection(meta, key, { ...files, voters: ['vera', 'nina'] });
  await running.server.sync();
  await running.server.tick();
  expect(await nina.api.ballot.paper.query({ key })).toMatchObject({ voted: false });
  expect(await standing()).toEqual({ kind: 'may-vote', next: 'vote' });
});

it('takes no answer that is empty or too long', async () => {
  const nina = await running.signedIn('nina');
  for (const text of ['', ' \n', 'x'.repeat(5001)])
    expect(await refusalOf(nina.api.exception.reply.mutate({ key, version: 1, text }))).toBe('bad-request');
});
