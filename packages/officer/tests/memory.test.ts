/** What an officer's computer remembers: one memory, whichever servers show it something. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '@elekto/custody/testing';
import { OfficerMemory, type Repository } from '../src/index.ts';

const SOURCE = 'https://github.com/org/elections';
const MAIN = { source: SOURCE, branch: null, folder: 'elections' };
const [RUN, BOX, OTHER] = ['a', 'b', 'c'].map((one) => one.repeat(64)) as [string, string, string];
const [HEAD, LATER] = ['1', '2'].map((one) => one.repeat(40)) as [string, string];
const FIRST = 'https://vote.example.org';
const SECOND = 'https://203.0.113.7';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-memory-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const at = (name: string): string => join(dir, name);
const openFor = async (server: string) => must(await OfficerMemory.open(at('memory'), server));

it('refuses a second box of a run whichever server shows it, also when both come at once', async () => {
  const [first, second] = [await openFor(FIRST), await openFor(SECOND)];
  must(await first.keepRepository(MAIN));
  const both = await Promise.all([
    first.keepBox('steering', RUN, BOX, false),
    second.keepBox('steering', RUN, OTHER, false),
  ]);
  expect(both).toMatchObject([{ ok: true }, { error: { code: 'act-other-box' } }]);
  await Promise.all([first.keepHead(HEAD, null), second.keepBox('another', 'd'.repeat(64), OTHER, true)]);
  expect((await openFor(FIRST)).head).toBe(HEAD);
  expect((await openFor(SECOND)).boxOf(RUN)?.box).toBe(BOX);
  expect((await openFor(FIRST)).boxOf('d'.repeat(64))?.box).toBe(OTHER);
});

it.each([
  ['another branch', { ...MAIN, branch: 'side' }],
  ['another folder', { ...MAIN, folder: 'copy' }],
  ...(
    [
      'https://github.com/org/elections.git/',
      'http://github.com/org/elections',
      'https://github.com:443/org/elections',
      'https://www.GitHub.com./org//elections.git.git',
      'https://github.com/./org/%65lections/',
    ] as const
  ).map((source): [string, Repository] => [
    `the address written as ${source}`,
    { ...MAIN, source, branch: 'side' },
  ]),
])('refuses %s of a repository from which it has acted on a box, from every server', async (_, place) => {
  const acted = await openFor(FIRST);
  must(await acted.keepRepository(MAIN));
  must(await acted.keepBox('steering', RUN, BOX, true));
  for (const server of [FIRST, SECOND]) {
    const kept = await (await openFor(server)).keepRepository(place);
    expect(kept).toMatchObject({ error: { code: 'act-repository' } });
    expect(kept.ok || kept.error.message).not.toContain('another memory');
  }
  must(await (await openFor(SECOND)).keepRepository(MAIN));
});

it('knows the elections of another organization elsewhere, and mixes up nothing of the two', async () => {
  const [first, second] = [await openFor(FIRST), await openFor(SECOND)];
  must(await first.keepRepository(MAIN));
  await first.keepHead(HEAD, null);
  await first.keepFirstSeen('steering', HEAD);
  must(await first.keepBox('steering', RUN, BOX, true));
  must(await second.keepRepository({ ...MAIN, source: 'https://git.example.org/other' }));
  expect([second.head, second.firstSeen('steering')]).toEqual([null, null]);
  expect(second.otherRuns('steering', OTHER, () => false)).toEqual([]);
  expect((await openFor(FIRST)).otherRuns('steering', OTHER, () => false)).toHaveLength(1);
});

it('asks for another place as long as nothing was acted on: a wrong one was found by what it lacks', async () => {
  const memory = await openFor(FIRST);
  must(await memory.keepRepository(MAIN));
  await memory.keepHead(HEAD, null);
  expect(memory.isSettled).toBe(false);
  const right = { ...MAIN, branch: 'voting' };
  must(await memory.keepRepository(right));
  expect([memory.repository, memory.head]).toEqual([right, null]);
  must(await (await openFor(SECOND)).keepRepository(MAIN));
  must(await memory.keepBox('steering', RUN, BOX, false));
  expect(memory.isSettled).toBe(true);
  must(await memory.keepRepository(right));
  const second = await openFor(SECOND);
  expect(second.repository).toBeNull();
  expect(await second.keepRepository(MAIN)).toMatchObject({ error: { code: 'act-repository' } });
});

it('is led to no other place once the files of an election were found at one, also before anything was opened', async () => {
  const memory = await openFor(FIRST);
  must(await memory.keepRepository(MAIN));
  must(await memory.keepFirstSeen('steering', HEAD));
  expect(memory.isSettled).toBe(true);
  const alike = { ...MAIN, source: 'https://github.com/0rg/elections' };
  expect(await memory.keepRepository(alike)).toMatchObject({ error: { code: 'act-repository' } });
  expect(memory.repository).toEqual(MAIN);
});

it('knows the other run of one key also where the repository has another name', async () => {
  const [first, second] = [await openFor(FIRST), await openFor(SECOND)];
  must(await first.keepRepository(MAIN));
  must(await first.keepBox('steering', RUN, BOX, true, OTHER));
  must(await second.keepRepository({ ...MAIN, source: 'https://github.com/renamed/elections' }));
  expect(second.otherRuns('steering', OTHER, () => false, OTHER)).toMatchObject([{ decrypted: true }]);
  expect(second.otherRuns('steering', OTHER, () => false, BOX)).toEqual([]);
});

it.each(['?', '#', '?a=b', '#a'])('takes no address that ends with %s', async (end) => {
  const kept = await (await openFor(FIRST)).keepRepository({ ...MAIN, source: `${SOURCE}${end}` });
  expect(kept).toMatchObject({ error: { code: 'act-repository' } });
});

it('takes no address that has somebody\u2019s name in it', async () => {
  const kept = await (
    await openFor(FIRST)
  ).keepRepository({ ...MAIN, source: 'https://github.com@203.0.113.7/org/elections' });
  expect(kept).toMatchObject({ error: { code: 'act-repository' } });
});

/** What an earlier version kept for a server that was added. */
function earlier(name: string, more: object, age: number): string {
  const kept = {
    version: 3,
    repository: MAIN,
    head: HEAD,
    firstSeen: { steering: HEAD },
    boxes: {},
    ...more,
  };
  writeFileSync(at(name), JSON.stringify(kept));
  utimesSync(at(name), 1_000_000 + age, 1_000_000 + age);
  return at(name);
}
const acted = (box: string, decrypted = false) => ({
  boxes: { [RUN]: { box, decrypted, election: 'steering' } },
});

it('takes in what was remembered for each server, of two answers the earlier one, once and again', async () => {
  const files = [
    {
      file: earlier('young', { head: LATER, firstSeen: { steering: LATER }, ...acted(BOX, true) }, 2),
      server: SECOND,
    },
    { file: earlier('old', acted(BOX), 1), server: FIRST },
    { file: at('none'), server: null },
  ];
  for (const time of ['once', 'and again']) {
    must(await (await openFor(FIRST)).takeIn(files));
    for (const server of [FIRST, SECOND]) {
      const { head, repository } = await openFor(server);
      expect([head, repository], time).toEqual([HEAD, MAIN]);
    }
    const memory = await openFor(FIRST);
    expect(memory.firstSeen('steering')).toBe(HEAD);
    expect(memory.boxOf(RUN)).toEqual({ box: BOX, decrypted: true });
    expect(memory.otherRuns('steering', OTHER, () => false)).toHaveLength(1);
  }
});

it('opens nothing where two boxes of one run were acted on under two addresses, and names them', async () => {
  const files = [
    { file: earlier('old', acted(BOX), 1), server: FIRST },
    { file: earlier('young', acted(OTHER), 2), server: null },
  ];
  const taken = await (await openFor(FIRST)).takeIn(files);
  expect(taken).toMatchObject({
    error: {
      code: 'act-memory',
      message: `Memory, this computer: it has acted on two boxes of one run (${RUN.slice(0, 12)}), ${BOX.slice(0, 12)} and ${OTHER.slice(0, 12)}, which servers showed it under two addresses. Nothing more is opened here. Tell the other officers, with this sentence.`,
    },
  });
});

it.each([
  ['a branch', { ...MAIN, branch: 'side' }],
  ['a folder', { ...MAIN, folder: 'copy' }],
])(
  'asks once more for a place with %s that a server may have named, and keeps its boxes',
  async (_, place) => {
    const file = earlier('old', { repository: place, ...acted(BOX) }, 1);
    must(await (await openFor(FIRST)).takeIn([{ file, server: FIRST }]));
    const memory = await openFor(FIRST);
    expect([memory.repository, memory.head]).toEqual([null, null]);
    expect(await memory.keepBox('steering', RUN, OTHER, false)).toMatchObject({
      error: { code: 'act-other-box' },
    });
    must(await memory.keepRepository(place));
    expect((await openFor(FIRST)).head).toBe(HEAD);
  },
);

it('acts on no box from a place that was changed since it looked', async () => {
  const [looked, changes] = [await openFor(FIRST), await openFor(FIRST)];
  must(await looked.keepRepository(MAIN));
  must(await changes.keepRepository({ ...MAIN, branch: 'side' }));
  expect(await looked.keepBox('steering', RUN, BOX, false)).toMatchObject({
    error: { code: 'act-repository' },
  });
  expect((await openFor(FIRST)).boxOf(RUN)).toBeNull();
});

it('keeps the newest commit of whoever was first where two looked at once, and the other looks again', async () => {
  const [fast, slow] = [await openFor(FIRST), await openFor(FIRST)];
  for (const memory of [fast, slow]) must(await memory.keepRepository(MAIN));
  must(await fast.keepHead(HEAD, null));
  expect(await slow.keepHead(LATER, null)).toMatchObject({ error: { code: 'act-memory' } });
  expect((await openFor(FIRST)).head).toBe(HEAD);
  // Of the same commit, and of one that was compared with it, nothing is to be said.
  must(await slow.keepHead(HEAD, null));
  must(await slow.keepHead(LATER, HEAD));
});

it('acts on one run of an election where two are acted on at once', async () => {
  const [one, other] = [await openFor(FIRST), await openFor(FIRST)];
  for (const memory of [one, other]) must(await memory.keepRepository(MAIN));
  const both = await Promise.all([
    one.keepBox('steering', RUN, BOX, false),
    other.keepBox('steering', OTHER, BOX, false),
  ]);
  expect(both).toMatchObject([{ ok: true }, { error: { code: 'act-memory' } }]);
  must(await one.keepBox('steering', RUN, BOX, true));
  must(await one.keepBox('another', 'd'.repeat(64), BOX, true));
  expect((await openFor(FIRST)).boxOf(OTHER)).toBeNull();
});

it('knows which runs the officer has voided until that is taken back, and an older memory has voided none', async () => {
  const old = { version: 4, repositories: {}, heads: {}, firstSeen: {}, boxes: {} };
  writeFileSync(at('memory'), JSON.stringify(old));
  const memory = await openFor(FIRST);
  expect(memory.hasVoided(RUN)).toBe(false);
  must(await memory.keepVoid(RUN));
  must(await memory.keepVoid(RUN));
  expect((await openFor(SECOND)).hasVoided(RUN)).toBe(true);
  must(await memory.takeBackVoid(RUN));
  expect((await openFor(SECOND)).hasVoided(RUN)).toBe(false);
});
