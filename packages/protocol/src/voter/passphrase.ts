import type { Manifest } from '../manifest/manifest.ts';
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** Words of a made passphrase: 66 bits, or 77 where officers keep the key and who guesses it needs none of them. */
const WORDS = { 1: 6, 2: 7 } as const;

/**
 * Random words of BIP 39's English list, which has 2,048 and thus 11 bits a word. Its words differ in their first
 * four letters and none is rude.
 */
export function makePassphrase({ suite }: Pick<Manifest, 'suite'>): string {
  const picks = crypto.getRandomValues(new Uint16Array(WORDS[suite]));
  return Array.from(picks, (pick) => wordlist[pick % wordlist.length]).join(' ');
}

/**
 * What is stretched: compatibility forms, letter case and runs of white space make no difference, so
 * that a phone's automatic capital does not lock a voter out.
 */
export const normalisePassphrase = (passphrase: string): string =>
  passphrase.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

const WORD_LIST = new Set(wordlist);

/**
 * The words of a passphrase that no made one has; none for a passphrase that was not made from the list, in which
 * most words are others.
 */
export function unknownWords(passphrase: string): string[] {
  const words = normalisePassphrase(passphrase).split(' ');
  const unknown = words.filter((word) => !WORD_LIST.has(word));
  return words.length >= WORDS[1] - 1 && unknown.length * 2 <= words.length ? unknown : [];
}
