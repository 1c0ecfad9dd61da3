/** An officer's word that the ballots of a running election are void. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkVoid, readManifest } from '@elekto/custody';
import { finishedKey, readTranscript } from '@elekto/custody/ceremony';
import { hashManifest } from '@elekto/protocol/manifest';
import { canonicalJson } from '@elekto/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voidRun } from '../src/index.ts';
import {
  BOX_FILE,
  boxOf,
  endingAt,
  ENDS,
  HOUR,
  KEY,
  keys,
  lineOf,
  must,
  openElection,
  sealed,
  Shown,
  transcript,
  visitOf,
} from './world.ts';

describe('that the ballots of a running election are void', () => {
  const { repository, manifest } = openElection();
  let homes: string;
  beforeAll(() => {
    homes = mkdtempSync(join(tmpdir(), 'elekto-homes-'));
  });
  afterAll(() => {
    repository.remove();
    rmSync(homes, { recursive: true, force: true });
  });
  const visitAt = (now: number, name: string) =>
    visitOf(1, repository, new Shown(null), now, join(homes, name));
  const asked = async (shown: unknown, position = 1, now = ENDS - HOUR, name = 'a') =>
    voidRun(
      KEY,
      canonicalJson(shown),
      'a candidate was missing',
      keys.slice(position - 1, position),
      await visitAt(now, name),
    );

  it('is signed by a quorum in the same words, for this run alone', async () => {
    const { header, posts } = must(readTranscript(transcript));
    const key = must(finishedKey(header, posts));
    const said = [must(await asked(manifest, 1)), must(await asked(manifest, 3))];
    const check = (run: typeof manifest, files: readonly Uint8Array[]) =>
      checkVoid(must(readManifest(canonicalJson(run))), key, files, false);
    expect(check(manifest, said)).toMatchObject({ value: { reason: 'a candidate was missing' } });
    expect(check(manifest, said.slice(1))).toMatchObject({ error: { code: 'decision-too-few' } });
    expect(check({ ...manifest, run: '02'.repeat(16) }, said)).toMatchObject({
      error: { code: 'file-election' },
    });
  });

  it('is not signed for what git does not say, with no share, or once voting has ended by the own clock', async () => {
    expect(await asked({ ...manifest, seats: 2 })).toMatchObject({ error: { code: 'act-manifest' } });
    expect(await asked(manifest, 4)).toMatchObject({ error: { code: 'act-key' } });
    expect(await asked(manifest, 1, ENDS)).toMatchObject({ error: { code: 'void-too-late' } });
    const { memory } = await visitAt(ENDS, 'acted');
    must(await memory.keepBox(KEY, hashManifest(manifest), '0'.repeat(64), false));
    expect(await asked(manifest, 1, ENDS - HOUR, 'acted')).toMatchObject({
      error: { code: 'void-too-late' },
    });
    repository.commit(endingAt(ENDS + 2 * HOUR), ENDS - HOUR);
    expect(await asked(manifest, 1, ENDS)).toMatchObject({ ok: true });
  });

  it('is not signed once the box of the run stood on the branch, though the end was moved after it', async () => {
    const box = boxOf(manifest, sealed(manifest, [[1, 2]]));
    repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
    repository.commit({ [BOX_FILE]: '', ...endingAt(ENDS + 48 * HOUR) }, ENDS + 2 * HOUR);
    const late = await asked(manifest, 2, ENDS + 3 * HOUR, 'moved');
    expect(late).toMatchObject({ error: { code: 'void-too-late' } });
    expect((await visitAt(ENDS, 'moved')).memory.hasVoided(hashManifest(manifest))).toBe(false);
  });
});
