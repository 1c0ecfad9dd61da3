/** Ballots that are known when they are met again, and every form in which they could lie around. */
import { encodeRanking } from '@elekto/protocol/ballot';
import type { HpkeCast, SealedCast } from '@elekto/protocol/ballot';
import type { VoterSeed } from '@elekto/protocol/voter';

/** Forty candidates: the ranking is as good as a fingerprint. */
export const MANY = Array.from({ length: 40 }, (_, index) => `candidate-${String(index).padStart(2, '0')}`);
export const CANARY = Object.fromEntries(MANY.map((id, index) => [id, ((index * 17 + 5) % 40) + 1]));
export const PASSPHRASE = 'canary coal mine bird song yellow';

/** Bytes, and the texts that programs write them as. */
export const written = (bytes: Uint8Array): (string | Buffer)[] => {
  const all = Buffer.from(bytes);
  return [all, all.toString('hex'), all.toString('base64url'), [...all.subarray(0, 12)].join(',')];
};

/** Every form in which the ranking, the passphrase or the seed could lie around. */
export function kept({ authKey, ...cast }: SealedCast, { seed, tracker }: VoterSeed): (string | Buffer)[] {
  const ranks = MANY.map((id) => CANARY[id] ?? 0);
  const encoded = Buffer.from(encodeRanking(MANY, CANARY)).subarray(0, 24);
  return [
    encoded,
    encoded.toString('hex'),
    encoded.toString('base64').slice(0, 30),
    ranks.join(',').slice(0, 30),
    JSON.stringify(ranks).slice(0, 30),
    JSON.stringify(CANARY).slice(0, 60),
    Buffer.from(ranks),
    Buffer.from(ranks.flatMap((rank) => [rank, 0])).subarray(0, 24),
    PASSPHRASE,
    ...written(Buffer.from(authKey, 'base64url')),
    ...written(seed),
    ...(tracker === null ? [] : [tracker, Buffer.from(tracker, 'hex')]),
    // Shown to the server, and forgotten.
    ...('tagKey' in cast ? written(Buffer.from(cast.tagKey, 'base64url')) : []),
  ];
}

/** What lies in the box, and in no clear form beside it. */
export function boxed(cast: SealedCast, { place }: VoterSeed): (string | Buffer)[] {
  const places = written(Buffer.from(place.handle, 'base64url'));
  if (!('record' in cast))
    return [
      ...places,
      ...written(Buffer.from((cast as HpkeCast).ciphertext, 'base64url').subarray(0, 30)),
      ...written(Buffer.from((cast as HpkeCast).encapsulated, 'base64url')),
    ];
  const record = Buffer.from(cast.record, 'base64url');
  // Behind suite and handle: the tag, and one point or number after the other.
  const parts = Array.from({ length: (record.length - 17) / 32 }, (_, at) =>
    record.subarray(17 + 32 * at, 49 + 32 * at),
  );
  return [...places, cast.record.slice(0, 40), ...parts.flatMap(written)];
}

/** Those of the texts that lie somewhere in the bytes, each once for every place. One walk for all of them. */
export function foundIn(bytes: Buffer, texts: readonly (string | Buffer)[]): (string | Buffer)[] {
  const startOf = (all: Buffer, at: number): number => ((all[at] ?? 0) << 8) | (all[at + 1] ?? 0);
  const byStart = Map.groupBy(new Set(texts), (text) => startOf(Buffer.from(text), 0));
  const isStart = new Uint8Array(2 ** 16);
  for (const start of byStart.keys()) isStart[start] = 1;
  const found: (string | Buffer)[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const start = startOf(bytes, at);
    if (isStart[start] === 0) continue;
    for (const text of byStart.get(start) ?? []) {
      const length = Buffer.byteLength(text);
      if (bytes.subarray(at, at + length).equals(Buffer.from(text))) found.push(text);
    }
  }
  return found;
}
