import { expect, it } from 'vitest';
import { countSentences } from './count-sentences.ts';
import type { OfficersCount } from './model.ts';

const count = (more: Partial<OfficersCount>): OfficersCount => ({
  phase: 'inspection',
  boxHash: 'ab'.repeat(32),
  inspectedUntil: Date.parse('2026-03-09T00:00:00Z'),
  mixed: 0,
  decrypted: 0,
  threshold: 2,
  officers: 3,
  ...more,
});
const said = (more: Partial<OfficersCount>, lang: 'en' | 'de' = 'en'): string =>
  countSentences(count(more), lang).join(' ');

it('says until when the box is open to inspection, and who can open it', () => {
  expect(said({ boxHash: null, inspectedUntil: null })).toMatch(/laying out the closed box/);
  expect(said({ inspectedUntil: null })).toMatch(/putting its hash into the repository/);
  expect(said({})).toMatch(/open to inspection until .*9.* Any 2 of 3 officers open/);
});

it('says how many officers have done their part, and that it waits for them', () => {
  expect(said({ phase: 'mixing' })).toMatch(/^The inspection of the box is over\. 0 officers have mixed/);
  expect(said({ phase: 'mixing', mixed: 1 })).toMatch(
    /1 officer has mixed .*; 2 have to\. .*waits for officers/,
  );
  expect(said({ phase: 'decrypting', mixed: 2, decrypted: 1 })).toMatch(
    /are mixed\. 1 officer has decrypted/,
  );
  expect(said({ phase: 'decrypting', mixed: 2 }, 'de')).toMatch(/0 Personen .* entschlüsselt; 2 müssen es/);
});
