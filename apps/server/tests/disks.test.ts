/** Disks beside the database that are full, may only be read, or never answer: people read and vote on, or are told to send again. */
import { sealBallot } from '@elekto/protocol/voter';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';

import { mountDisk, type SmallDisk } from './support/disk.ts';
import { hostedMeta } from './support/hosted-meta.ts';
import { writeMeta } from './support/meta.ts';
import { CHEAP_KDF, run, type Running } from './support/running.ts';
import { PASSPHRASE, vote } from './support/voting.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const readyz = async ({ url }: Running): Promise<{ status: number; body: string }> => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, body: await answer.text() };
};
const page = async ({ url }: Running): Promise<string> => (await fetch(`${url}/`)).text();
const SOON = { timeout: 20_000 };

/** A server of which the parts that are not named lie in a place of their own. */
async function serve(
  meta: string,
  places: { readonly data?: string; readonly keys?: string },
): Promise<Running> {
  const place = mkdtempSync(join(tmpdir(), 'elekto-disks-'));
  undo.push(() => rmSync(place, { recursive: true, force: true }));
  const running = await run({
    meta,
    people: ['vera', 'victor', 'wanda', 'olga'],
    database: 'sqlite',
    env: {
      ELEKTO_META_POLL: '1',
      ELEKTO_DATA_DIR: places.data ?? join(place, 'data'),
      ELEKTO_DATABASE_URL: `sqlite:${join(place, 'elekto.db')}`,
      ELEKTO_SECRETS_DIR: places.keys ?? join(place, 'keys'),
    },
    overrides: { patience: { look: 2000 } },
  });
  undo.push(() => running.stop());
  return running;
}

/** How a disk takes nothing more, and what ends it. */
const FAULTS: Readonly<Record<string, (disk: SmallDisk) => () => void>> = {
  'that is full': (disk) => {
    disk.fill('filler');
    return () => rmSync(join(disk.path, 'filler'), { force: true });
  },
  'that can only be read': (disk) => {
    disk.readOnly(true);
    return () => disk.readOnly(false);
  },
};

/** Said where this process may mount none. */
const disk = mountDisk(16);
afterAll(() => disk?.unmount());

describe.skipIf(disk === null).each(Object.keys(FAULTS))(
  'a disk %s, which this process may mount,',
  (how) => {
    /** A folder on it, for one test. */
    const folder = (name: string): string => {
      const path = join(disk?.path ?? '', name);
      undo.push(() => rmSync(path, { recursive: true, force: true }));
      return path;
    };
    const fault = (): (() => void) => {
      const mend = FAULTS[how]?.(disk as SmallDisk) ?? (() => undefined);
      undo.push(mend);
      return mend;
    };

    it('under the clone and the pages keeps nobody from reading and voting, and is told until there is room', async () => {
      const repository = await hostedMeta(undo);
      const running = await serve(repository.url, { data: folder('data') });
      const mend = fault();
      await repository.add('docs', 'Documentation');
      await expect.poll(async () => (await readyz(running)).body, SOON).toContain('repository-unreadable');
      expect((await readyz(running)).status).toBe(200);
      await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
      expect(await page(running)).toContain('Steering');
      mend();
      await expect.poll(() => page(running), SOON).toContain('Documentation');
      expect((await readyz(running)).body).toContain('"degraded":[]');
    }, 60_000);

    it('under the keys gives no verdict, says so, and takes the same ballot when it is mended', async () => {
      const meta = writeMeta({ steering: { voters: ['vera', 'victor', 'wanda'] } });
      const running = await serve(meta, { keys: folder('keys') });
      await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
      const [victor, wanda] = [await running.signedIn('victor'), await running.signedIn('wanda')];
      const paper = await victor.api.ballot.paper.query({ key: 'steering' });
      const ranking = { bob: 1 };
      const { cast } = await sealBallot({ paper, ranking, passphrase: PASSPHRASE, kdfs: [CHEAP_KDF] });
      const send = (): Promise<unknown> => victor.api.ballot.cast.mutate({ key: 'steering', cast });
      const mend = fault();
      expect(await readyz(running)).toMatchObject({
        status: 503,
        body: expect.stringMatching(/secrets directory (is full|can only be read)/),
      });
      // On a full disk a line may still fit into what a file has of it; a second later no file can be written anew.
      await vote(wanda, 'steering', { cy: 1 }).catch(() => undefined);
      await sleep(1500);
      const noVerdict = { data: { refusal: null } };
      await expect(send()).rejects.toMatchObject(noVerdict);
      // It finds the work of the first done, and says nothing all the same.
      await expect(send()).rejects.toMatchObject(noVerdict);
      expect(await page(running)).toContain('Steering');
      mend();
      await send();
      expect((await readyz(running)).status).toBe(200);
      running.clock.advance(30 * 24 * 3_600_000);
      await running.server.tick();
      const olga = await running.signedIn('olga');
      expect((await olga.api.officer.outcome.query({ key: 'steering' })).cast).toBe(3);
    }, 60_000);
  },
);

describe('a disk under the clone that never answers', () => {
  it('keeps nobody from reading and voting, is told, and is followed again when it answers', async () => {
    const repository = await hostedMeta(undo);
    const running = await serve(repository.url, {});
    const cache = join(running.server.config.dataDir, 'meta-cache');
    const [clone = ''] = readdirSync(cache).filter((name) => name.endsWith('.git'));
    const state = join(cache, clone, 'elekto-copy.json');
    rmSync(state);
    // Who reads it waits for somebody to write.
    execFileSync('mkfifo', [state]);
    const answer = (): void => {
      try {
        closeSync(openSync(state, constants.O_WRONLY | constants.O_NONBLOCK));
      } catch {
        // Nobody waits for it.
      }
    };
    undo.push(answer);
    await repository.add('docs', 'Documentation');
    await expect.poll(async () => (await readyz(running)).body, SOON).toContain('repository-unreadable');
    expect((await readyz(running)).status).toBe(200);
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    expect(await page(running)).toContain('Steering');
    expect(running.log()).toMatch(/is not read within 2 s/);
    answer();
    await expect.poll(() => page(running), SOON).toContain('Documentation');
    expect((await readyz(running)).body).toContain('"degraded":[]');
  }, 60_000);
});
