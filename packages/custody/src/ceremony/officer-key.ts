import { encodeText } from '@elekto/wire';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { signerOf } from '../sign.ts';

/** Everything secret that an officer has for one board; all of it follows from 16 random bytes, the root. */
export interface OfficerKey {
  readonly signSecret: Uint8Array;
  readonly receiveSecret: Uint8Array;
  /** What the officer's polynomials are made of, for each ceremony another one. */
  readonly dealSecret: Uint8Array;
  /** What the others may know. */
  readonly sign: Uint8Array;
  readonly receive: Uint8Array;
}

export const ROOT_BYTES = 16;

/** The keys that follow from a root of 16 bytes. @throws RangeError for another length. */
export function officerKey(root: Uint8Array): OfficerKey {
  if (root.length !== ROOT_BYTES) throw new RangeError('a root is 16 bytes');
  const part = (name: string): Uint8Array =>
    hkdf(sha256, root, new Uint8Array(32), encodeText(`elekto/officer/${name}`), 32);
  const [signSecret, receiveSecret] = [part('sign'), part('receive')];
  return {
    signSecret,
    receiveSecret,
    dealSecret: part('deal'),
    sign: signerOf(signSecret),
    receive: x25519.getPublicKey(receiveSecret),
  };
}

/** Overwrites the secrets, as far as a language with a garbage collector lets us. */
export function wipe(key: OfficerKey): void {
  for (const secret of [key.signSecret, key.receiveSecret, key.dealSecret]) secret.fill(0);
}

/** The root as twelve words (BIP 39, English), with a checksum of four bits. They are the officer's whole backup. */
export const recoveryPhrase = (root: Uint8Array): string => entropyToMnemonic(root, wordlist);

/** The root of a recovery phrase, however it is spaced or capitalised; null when a word or the checksum is wrong. */
export function rootOfPhrase(phrase: string): Uint8Array | null {
  const words = phrase.normalize('NFKD').trim().toLowerCase().split(/\s+/u);
  if (words.length !== 12) return null;
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    return null;
  }
}

/** The words of a phrase that are in no recovery phrase, as they were typed: mistyped, most likely. */
export const unknownWords = (phrase: string): string[] =>
  phrase
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '' && !wordlist.includes(word.normalize('NFKD').toLowerCase()));

/** Twelve words of a transcript's hash, to compare aloud: 128 bits of it. */
export const wordsToCompare = (transcriptHash: Uint8Array): string =>
  entropyToMnemonic(transcriptHash.slice(0, 16), wordlist);
