import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const BUDGET = 45_000;
/** Fetched only where officers keep the key. */
const OFFICERS_BUDGET = 20_000;

describe('the browser library', () => {
  it('stays under 45 kB gzipped, Argon2id, word list and worker included; custody of officers adds at most 20 kB', async () => {
    const entry = (path: string): string => fileURLToPath(new URL(`../src/voter/${path}`, import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry('index.ts'), entry('stretch.worker.ts')],
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      outdir: 'out',
      write: false,
    });
    const sizes: Record<string, number> = {};
    for (const { path, contents } of outputFiles) {
      sizes[path.split('/').at(-1) ?? ''] = gzipSync(contents, { level: 9 }).length;
    }
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
    console.info(`browser library, gzipped: ${JSON.stringify(sizes)}, together ${total} bytes`);
    const officers = Object.entries(sizes).find(([name]) => name.startsWith('officers-suite'))?.[1] ?? total;
    console.info(`of these for ballots in the custody of officers: ${officers} bytes`);
    expect(officers).toBeLessThan(OFFICERS_BUDGET);
    expect(officers).toBeGreaterThan(5_000);
    expect(total - officers).toBeLessThan(BUDGET);
    expect(total).toBeGreaterThan(10_000);
    for (const { text } of outputFiles) expect(text, 'nothing of Node').not.toMatch(/from\s*["']node:/);
  });
});
