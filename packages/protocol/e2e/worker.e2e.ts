import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DhkemX25519HkdfSha256 } from '@hpke/core';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BallotPaper } from '@elekto/protocol/ballot';
import type { Manifest } from '@elekto/protocol/manifest';
import type * as Library from '@elekto/protocol/voter';
import { launchChromium } from '@elekto/testing/chromium';
import { KDF, toBase64Url } from '@elekto/wire';
import { hashManifest } from '@elekto/protocol/manifest';

/** What the page reports back. */
interface Report {
  readonly progress: number[];
  readonly longestPause: number;
  readonly read: Record<string, number> | null;
  readonly wrong: boolean;
}

describe('the library in a real browser', () => {
  let server: Server;
  let browser: Browser;
  let paper: BallotPaper;

  beforeAll(async () => {
    const entry = (path: string): string => fileURLToPath(new URL(`../src/voter/${path}`, import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry('index.ts'), entry('stretch.worker.ts')],
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: '/',
      write: false,
    });
    const files = new Map(
      outputFiles.map(({ path, text }) => [path.replace('.worker.js', '.worker.ts'), text]),
    );
    files.set('/load.js', "import * as library from '/index.js'; globalThis.library = library;");
    server = createServer((request, response) => {
      const text = files.get(request.url ?? '');
      const type = text === undefined ? 'text/html' : 'text/javascript';
      const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";
      response
        .writeHead(200, { 'content-type': type, 'content-security-policy': policy })
        .end(text ?? '<title>ballot</title><script type="module" src="/load.js"></script>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await launchChromium();
    paper = await makePaper();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it('seals with the production Argon2id in a worker, tells its progress, and leaves the page alive', async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => 'library' in globalThis);
    const report = await page.evaluate(async (given): Promise<Report> => {
      const { sealBallot, deriveUnlock, openSeed, openRecord, makePassphrase } = (
        globalThis as unknown as { library: typeof Library }
      ).library;
      let longestPause = 0;
      let last = performance.now();
      const beat = setInterval(() => {
        longestPause = Math.max(longestPause, performance.now() - last);
        last = performance.now();
      }, 5);
      const passphrase = makePassphrase({ suite: 1 });
      const progress: number[] = [];
      const { cast } = await sealBallot({
        paper: given,
        ranking: { ada: 1, grace: 2 },
        passphrase,
        onProgress: (fraction) => progress.push(fraction),
      });
      clearInterval(beat);
      const unlock = { kdf: cast.kdf, salt: cast.salt };
      const derived = await deriveUnlock({ unlock, passphrase: passphrase.toUpperCase() });
      const seed = await openSeed({ paper: given, derived, sealedSeed: cast.sealedSeed });
      const other = await deriveUnlock({ unlock, passphrase: 'something else' });
      const wrong = (await openSeed({ paper: given, derived: other, sealedSeed: cast.sealedSeed })) === null;
      const read = seed && (await openRecord({ paper: given, seed: seed.seed, record: cast }));
      return { progress, longestPause, read, wrong };
    }, paper);
    expect(report.read).toEqual({ ada: 1, grace: 2 });
    expect(report.wrong).toBe(true);
    expect(report.progress[0]).toBe(0);
    expect(report.progress.at(-1)).toBe(1);
    expect(report.progress).toEqual(report.progress.toSorted((a, b) => a - b));
    console.info(
      `progress was told ${report.progress.length} times; the page's longest pause was ${Math.round(report.longestPause)} ms`,
    );
  });
});

async function makePaper(): Promise<BallotPaper> {
  const kem = new DhkemX25519HkdfSha256();
  const { publicKey } = await kem.generateKeyPair();
  const manifest: Manifest = {
    version: 1,
    key: 'k',
    name: 'n',
    seats: 1,
    counting: {
      method: 'schulze',
      strength: 'winning',
      unranked: 'no-opinion',
      secondary: false,
      order: 'losses',
    },
    representationLimit: null,
    limitValues: null,
    candidates: ['ada', 'grace', 'mary'],
    allowNoOpinion: true,
    receipts: 'after_close',
    deleteAfter: false,
    publicKey: toBase64Url(new Uint8Array(await kem.serializePublicKey(publicKey))),
    suite: 1,
    shards: 3,
    sourceCommit: 'c',
  };
  const voterBinding = toBase64Url(new Uint8Array(32));
  return {
    manifest,
    manifestHash: hashManifest(manifest),
    voterBinding,
    kdf: KDF,
    opensAt: 0,
    closesAt: 1,
    voted: false,
  };
}
