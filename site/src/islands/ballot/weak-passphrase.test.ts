import { describe, expect, it } from 'vitest';
import { weaknessOf } from './weak-passphrase.ts';

const known = ['anneke-vos', 'Steering Committee, term 4'];

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
    ['Steering Committee 4', 'name'],
    ['election steering 2026', 'common'],
    ['iloveyou1234', 'common'],
    ['passwort1234', 'common'],
    ['P4ssw0rd!1234', 'common'],
    ['letmein12345', 'common'],
    ['correct horse battery staple', 'common'],
  ])('%j is refused: %s', (text, weakness) => {
    expect(weaknessOf(text, known)).toBe(weakness);
  });

  it.each([
    'ein eigener langer Satz',
    'wander umbrella copper violin',
    '839201748392',
    'my vote for the blue heron',
  ])('%j is taken', (text) => expect(weaknessOf(text, known)).toBeNull());
});
