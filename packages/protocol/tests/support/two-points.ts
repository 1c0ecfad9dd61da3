/** The box of an election with so many candidates that a ballot takes two points, under the key of the golden counts. */
import { finishedKey, openBoard, readManifest, readTranscript, sealBallot, writeBox } from '@elekto/custody';
import { keyOf, must } from '@elekto/custody/testing';
import { hashManifest, type OfficersManifest } from '@elekto/protocol/manifest';
import { canonicalJson } from '@elekto/wire';
import { mixOfExchangedParts, mixOfSharedExponent } from '../../../custody/tests/false-steps.ts';
import { COUNT_SECRET, goldenCount } from './count.ts';

const { file, transcript } = goldenCount('plain');
/** The fewest whose ranks need more than the 29 bytes of one point. */
const CANDIDATES = 43;
const MIXER = 3;
const names = Array.from({ length: CANDIDATES }, (_, i) => `person-${String(i + 10)}`);
const pinned = {
  ...file.manifest,
  candidates: names,
  names: Object.fromEntries(names.map((name) => [name, name])),
} as OfficersManifest;
const ceremony = must(readTranscript(transcript));
const key = must(finishedKey(ceremony.header, ceremony.posts));
const manifest = must(readManifest(canonicalJson(pinned)));
const records = [0, 1, 2, 3].map((by) => {
  const ranks = names.map((_, i) => ((i + by) % CANDIDATES) + 1);
  return must(sealBallot(manifest.rules, ranks, new Uint8Array(32).fill(8))).record;
});
const box = writeBox(manifest, records, null, COUNT_SECRET);

/** As far as it is needed: nothing beyond its box is looked at before a false mix. */
export const twoPoints = {
  file: { ...file, manifest: pinned, manifestHash: hashManifest(pinned), cast: records.length, invalid: 0 },
  board: new Map([['00-box.bin', box]]),
};

/** First mixes: the proof is made for ballots of which two had their second parts exchanged; or two parts were changed alike. */
export function falseMixes(): { readonly exchanged: Uint8Array; readonly linkable: Uint8Array } {
  const board = must(openBoard(manifest, key, file.eligible, box));
  const { signSecret } = keyOf(MIXER);
  return {
    exchanged: mixOfExchangedParts(board, MIXER, signSecret),
    linkable: mixOfSharedExponent(board, MIXER, signSecret),
  };
}
