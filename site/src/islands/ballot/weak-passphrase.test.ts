import { describe, expect, it } from 'vitest';
import { weaknessOf } from './weak-passphrase.ts';

const known = ['anneke-vos', 'Steering Committee'];

describe('a passphrase of one’s own', () => {
  it.each([
    ['too short', 'short'],
    ['aaaaaaaaaaaa', 'pattern'],
    ['abababababab', 'pattern'],
    ['abcdefghijklmnop', 'pattern'],
    ['1234567890 1234567890', 'pattern'],
    ['qwertyuiopasdf', 'pattern'],
    ['passpasspasspass', 'pattern'],
    ['AnnekeVos 2026', 'name'],
    ['steering committee', 'name'],
  ])('%j is refused: %s', (text, weakness) => {
    expect(weaknessOf(text, known)).toBe(weakness);
  });

  it.each(['correct horse battery staple', 'ein eigener langer Satz', 'wander umbrella copper violin'])(
    '%j is taken',
    (text) => expect(weaknessOf(text, known)).toBeNull(),
  );
});
