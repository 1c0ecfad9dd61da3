import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const BUDGET = 20_000;

describe('what the ballot page needs', () => {
  it('stays under 20 kB gzipped', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../src/ballot/index.ts', import.meta.url))],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      write: false,
      metafile: true,
    });
    const [file] = outputFiles;
    const size = gzipSync(file?.contents ?? '', { level: 9 }).length;
    console.info(`seal, prove, open, release: ${size} bytes gzipped`);
    expect(size).toBeLessThan(BUDGET);
    expect(size).toBeGreaterThan(5_000);
    expect(file?.text, 'nothing of Node').not.toMatch(/from\s*["']node:/);
    const ours = Object.keys(metafile.inputs).filter((path) => path.includes('custody/src/'));
    expect(
      ours.filter((path) => /(mix|decrypt|board|ceremony|msm)/.test(path.split('custody/src/')[1] ?? '')),
      'nothing that only officers and verifiers need',
    ).toEqual([]);
  });
});
