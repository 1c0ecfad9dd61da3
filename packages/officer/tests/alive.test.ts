/** No share is used on what a server shows: neither as a challenge while people vote, nor as a rehearsal of a real ballot. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { checkHolding, finishedKey, readTranscript } from '@elekto/custody/ceremony';
import { hashManifest } from '@elekto/protocol/manifest';
import { canonicalJson, fromBase64Url, fromHex, toBase64Url } from '@elekto/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdCount, proveAlive } from '../src/index.ts';
import {
  BOX_FILE,
  boxOf,
  ENDS,
  endingAt,
  HOUR,
  KEY,
  keys,
  lineOf,
  must,
  openElection,
  pin,
  sealed,
  Shown,
  transcript,
  visitOf,
} from './world.ts';

describe('a server that asks for a share while people vote', () => {
  const { repository, manifest, sourceCommit } = openElection();
  let homes: string;
  beforeAll(() => {
    homes = mkdtempSync(join(memoryPlace(), 'elekto-homes-'));
  });
  afterAll(() => {
    repository.remove();
    rmSync(homes, { recursive: true, force: true });
  });
  const asked = async (shown: unknown, position = 1, name = 'a') =>
    proveAlive(
      KEY,
      canonicalJson(shown),
      keys.slice(position - 1, position),
      await visitOf(1, repository, new Shown(null), ENDS - HOUR, join(homes, name)),
    );

  it('gets a signature over the manifest that follows from git, and nothing else', async () => {
    const { holding, note } = must(await asked(manifest, 2));
    const { file, officer, proof } = holding;
    expect(note).toBeNull();
    expect([file, officer]).toEqual(['keys/2026.json', 2]);
    const { header, posts } = must(readTranscript(transcript));
    const about = {
      kind: 'alive',
      election: KEY,
      manifestHash: fromHex(hashManifest(manifest), 32) as Uint8Array,
    } as const;
    const bytes = fromBase64Url(proof, 64) as Uint8Array;
    const key = must(finishedKey(header, posts));
    expect(checkHolding(key, 2, about, bytes).ok).toBe(true);
    // For no other election, run or moment.
    expect(checkHolding(key, 2, { kind: 'ready', election: KEY }, bytes).ok).toBe(false);
    expect(checkHolding(key, 2, { ...about, manifestHash: new Uint8Array(32) }, bytes).ok).toBe(false);
  });

  it.each([
    ['other seats', { seats: 2 }, 'act-manifest'],
    ['another key', { publicKey: 'A'.repeat(43) }, 'act-manifest'],
    ['another commit', { sourceCommit: 'f'.repeat(40) }, 'act-history'],
  ])('gets nothing for %s than git says', async (_, more, code) => {
    expect(await asked({ ...manifest, ...more })).toMatchObject({ error: { code } });
    expect(await asked('nothing of ours')).toMatchObject({ error: { code: 'act-manifest' } });
  });

  it('gets it also where the files name another key since, under the name that the file has now', async () => {
    const file = (name: string): string => `elections/keys/${name}.json`;
    const said = async (name: string) => {
      const found = await asked(manifest, 1, name);
      return found.ok ? [found.value.holding.file, found.value.note] : [found.error.message];
    };
    const moved = (named: string, name: string): string =>
      `The election names ${named} since the opening, and its ballots are sealed to the key of keys/${name}.json. The count goes on with that key. Whoever may merge writes "custody: keys/${name}.json" into its election.yaml again.`;
    repository.commit(endingAt(ENDS, ''), ENDS - 3 * HOUR);
    expect(await said('custody is not named')).toEqual(['keys/2026.json', moved('no custody file', '2026')]);
    repository.commit({ [file('2026')]: 'another', [file('b')]: transcript }, ENDS - 3 * HOUR);
    expect(await said('custody is renamed')).toEqual(['keys/b.json', moved('no custody file', 'b')]);
    repository.commit({ [file('b')]: 'another' }, ENDS - 3 * HOUR);
    expect(await said('custody is gone')).toEqual([
      `Repository, whoever writes to the repository: the custody file of these ballots is not in the folder keys any more, and without it no server takes what officers sign. Whoever may merge brings it back as commit ${sourceCommit.slice(0, 12)} has it, under any name.`,
    ]);
    repository.commit({ ...endingAt(ENDS), [file('2026')]: transcript }, ENDS - 2 * HOUR);
    expect(await said('custody is back')).toEqual(['keys/2026.json', null]);
  });

  it('gets it also where the newest files differ from those that the ballots are sealed for, which is said', async () => {
    const folder = `elections/${KEY}`;
    const before = Object.values(endingAt(ENDS))[0] ?? '';
    const gus = `${'-'.repeat(61)}\nname: gus\nID: gus\n${'-'.repeat(61)}\n\nA bio.\n`;
    repository.commit(
      {
        [`${folder}/candidate-gus.md`]: gus,
        [`${folder}/election.yaml`]: before.replace('no_winners: 1', 'no_winners: 2'),
      },
      ENDS - 2 * HOUR,
    );
    expect(must(await asked(manifest, 1, 'it differs')).note).toBe(
      `The ballots are sealed for the files of commit ${sourceCommit.slice(0, 12)}, and the newest differ: gus stands and is not on the ballot; the number of seats. What the ballots are sealed for stays. If this was merged before voting began, the server opened the election with older files: tell whoever runs it now, while voting can begin anew.`,
    );
    repository.git('revert', '--no-edit', 'HEAD');
    expect(must(await asked(manifest, 1, 'it differs')).note).toBeNull();
  });

  it('gets nothing for the ballot of a person that it offers as what is proven, in whichever place', async () => {
    const [ballot] = sealed(manifest, [[1, 2]]);
    if (ballot === undefined) throw new Error('a ballot');
    const record = toBase64Url(ballot.record);
    const a = toBase64Url(ballot.record.slice(49, 81));
    const other = `Manifest, the server: it says something else than the files of the repository at commit ${sourceCommit.slice(0, 12)}: other candidates, rules, officers or another key.`;
    const none =
      'Manifest, the server: what the ballots are said to be sealed for is no manifest of officers.';
    for (const [shown, message] of [
      [record, none],
      [{ record }, none],
      [{ ...manifest, record }, other],
      [{ ...manifest, publicKey: a }, other],
      [{ ...manifest, key: record }, other],
    ] as const)
      expect(await asked(shown, 2, 'c')).toEqual({
        ok: false,
        error: { code: 'act-manifest', step: 'manifest', party: 'the server', message },
      });
  });

  it('gets no decryption of a real ballot that it shows as a rehearsal', async () => {
    const rehearsal = pin(sourceCommit, '03', { kind: 'rehearsal' });
    const box = boxOf(rehearsal, sealed(rehearsal, [[1, 2]]));
    repository.commit({ [BOX_FILE]: lineOf(rehearsal, box) }, ENDS + HOUR);
    const server = new Shown(box);
    const visit = await visitOf(1, repository, server, ENDS + 30 * HOUR, join(homes, 'b'));
    const said = await holdCount(KEY, visit);
    expect(said.ok ? '' : said.error.message).toBe(
      'Manifest, whoever opened the election: it is for a rehearsal, and the key for an election.',
    );
    expect(server.all.size).toBe(1);
  });
});
