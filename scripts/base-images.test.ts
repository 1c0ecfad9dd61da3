import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { imagesIn, unpinned } from './base-images.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const DIGEST = `@sha256:${'0a'.repeat(32)}`;

it('finds each image that is built from, copied out of or run, and no stage of the file itself', () => {
  expect(imagesIn(read('deploy/Containerfile'))).toEqual([
    expect.stringMatching(/^docker\.io\/library\/node:24/),
    expect.stringMatching(/^docker\.io\/library\/debian:bookworm-slim/),
    expect.stringMatching(/^docker\.io\/library\/postgres:18/),
  ]);
  expect(imagesIn(read('deploy/compose.yaml'))).toEqual([
    expect.stringMatching(/^docker\.io\/library\/postgres:18/),
    expect.stringMatching(/^docker\.io\/library\/caddy:2/),
  ]);
});

it('takes a digest alone for a name that stays, whatever it is called beside it', () => {
  const text = `FROM docker.io/library/node:24${DIGEST} AS build\nFROM docker.io/library/node:24\nCOPY --from=build /app /app\nCOPY --from=docker.io/library/postgres:18@sha256:0a /x /y\n`;
  expect(unpinned(text)).toEqual(['docker.io/library/node:24', 'docker.io/library/postgres:18@sha256:0a']);
  expect(unpinned(`    image: docker.io/library/caddy:2${DIGEST}\n`)).toEqual([]);
});

it('is asked before anything of a release is published', () => {
  const workflow = read('.github/workflows/release.yaml');
  const check = workflow.slice(workflow.indexOf('\n  check:'), workflow.indexOf('\n  image:'));
  expect(check).toContain('run: node scripts/base-images.ts');
  for (const job of ['image', 'npm'])
    expect(workflow).toMatch(new RegExp(`\\n  ${job}:\\n    needs: check\\n`));
});
