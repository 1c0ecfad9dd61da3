import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { BallotPaper } from '../ballot/paper.ts';
import { fromBase64Url, toBase64Url, toHex } from '@elekto/wire';
import { decodeRanking, encodeRanking, rankingOf } from '../ballot/ranking.ts';
import {
  HPKE_SUITE,
  SIZES,
  bindingMessage,
  ciphertextLength,
  keyMaterialOf,
  placeOf,
  recordAad,
} from '../ballot/record.ts';
import { openOnce, sealOnce, shareSecrets } from './hpke.ts';
import { readPaper } from './read-paper.ts';
import type { Seed, VoterSuite } from './suite.ts';

async function secretsOf(paper: BallotPaper, seed: Seed) {
  const { publicKey, voterBinding } = readPaper(paper);
  const secrets = await shareSecrets(publicKey, paper.manifestHash, keyMaterialOf(seed, paper.manifestHash));
  return { ...secrets, voterBinding, place: placeOf(paper, seed, secrets.encapsulated) };
}

/** Suite 1: ballots are sealed to a key of the server. */
export const hpkeSuite: VoterSuite = {
  async seal(paper, ranking, given) {
    const { manifest, manifestHash } = paper;
    const seed = given ?? crypto.getRandomValues(new Uint8Array(SIZES.seed));
    const { place, encapsulated, recordKey, bindingKey, tracker, voterBinding } = await secretsOf(
      paper,
      seed,
    );
    const plain = encodeRanking(manifest.candidates, ranking);
    const ciphertext = await sealOnce(recordKey, plain, recordAad(manifestHash, place));
    plain.fill(0);
    const message = bindingMessage({ manifestHash, voterBinding, place, encapsulated, ciphertext });
    const cast = {
      suite: HPKE_SUITE,
      ...(place.shard !== null && { handle: toBase64Url(place.handle), shard: place.shard }),
      encapsulated: toBase64Url(encapsulated),
      ciphertext: toBase64Url(ciphertext),
      binding: toBase64Url(hmac(sha256, bindingKey, message)),
    };
    return { seed, cast, tracker: toHex(tracker) };
  },

  async find(paper, seed) {
    const { place, tracker } = await secretsOf(paper, seed);
    const { handle, shard } = place;
    return {
      place: { handle: toBase64Url(handle), ...(shard !== null && { shard }) },
      tracker: toHex(tracker),
    };
  },

  async read(paper, seed, stored) {
    const { candidates } = paper.manifest;
    const { place, encapsulated, recordKey } = await secretsOf(paper, seed);
    if (!('ciphertext' in stored) || toBase64Url(encapsulated) !== stored.encapsulated) return null;
    const ciphertext = fromBase64Url(stored.ciphertext, ciphertextLength(candidates.length));
    if (ciphertext === null) return null;
    const plain = await openOnce(recordKey, ciphertext, recordAad(paper.manifestHash, place));
    if (plain === null) return null;
    const decoded = decodeRanking(plain, candidates.length);
    return decoded.ok ? rankingOf(candidates, decoded.ranks) : null;
  },

  release: () => null,
};
