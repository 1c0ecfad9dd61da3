import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as custody from '../src/index.ts';

const root = join(import.meta.dirname, '../src');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && !/(\.test|testing)\.ts$/.test(path),
);
const using = (pattern: RegExp): string[] =>
  sources.filter((path) => pattern.test(readFileSync(join(root, path), 'utf8'))).toSorted();

describe('an officer’s share', () => {
  it('is used by two functions only: the proof of holding it, which takes no point, and the decryption', () => {
    expect(using(/share\.secret/)).toEqual(['ceremony/liveness.ts', 'decrypt/decrypt.ts']);
  });

  it('decrypts in one place only, which asks for a board with enough mixes', () => {
    expect(using(/import[^;]*\bdecrypt\b[^;]*decrypt\/decrypt\.ts/)).toEqual(['board/board.ts']);
    expect(custody).not.toHaveProperty('decrypt');
    expect(custody).toHaveProperty('writeDecryption');
  });

  it('and the randomness of proofs and weights cannot be given from outside', () => {
    for (const name of ['sealWithSeed', 'prove', 'nonce', 'randomScalar', 'randomWeight', 'dealPolynomial'])
      expect(custody).not.toHaveProperty(name);
  });
});
