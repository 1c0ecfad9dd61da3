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

/** Those of the texts that lie somewhere in the bytes, each once for every place. */
export function foundIn(bytes: Buffer, texts: readonly (string | Buffer)[]): (string | Buffer)[] {
  const found: (string | Buffer)[] = [];
  eachPlace([bytes], texts, (text) => found.push(text));
  return found;
}

/** Three bytes in 16 bits; others may share them. */
const blockBefore = (bytes: Uint8Array, end: number): number =>
  (((bytes[end - 2] as number) << 8) ^ ((bytes[end - 1] as number) << 4) ^ (bytes[end] as number)) & 0xffff;

/**
 * Tells every place of texts of three bytes or more in each of the files, from its first on. One walk for all of them, that goes on
 * from three bytes by as many as no text can begin in between: most of the way by nearly the shortest text's length.
 */
export function eachPlace<T extends string | Uint8Array>(
  files: readonly Buffer[],
  texts: readonly T[],
  told: (text: T, at: number, file: number) => void,
): void {
  const all = [...new Set(texts)].map((text) => ({ text, form: Buffer.from(text) }));
  if (all.some(({ form }) => form.length < 3)) throw new Error('a text is too short to be looked for');
  const shortest = Math.min(...all.map(({ form }) => form.length), 255);
  const byEnd = Map.groupBy(all, ({ form }) => blockBefore(form, shortest - 1));
  const steps = new Uint8Array(2 ** 16).fill(shortest - 2);
  for (const { form } of all)
    for (let end = 2; end < shortest; end += 1) {
      const block = blockBefore(form, end);
      steps[block] = Math.min(steps[block] as number, shortest - 1 - end);
    }
  for (const [file, bytes] of files.entries()) {
    for (let end = shortest - 1; end < bytes.length;) {
      const block = blockBefore(bytes, end);
      const step = steps[block] as number;
      if (step > 0) {
        end += step;
        continue;
      }
      const at = end - shortest + 1;
      for (const { text, form } of byEnd.get(block) ?? [])
        if (bytes.compare(form, 0, form.length, at, Math.min(at + form.length, bytes.length)) === 0)
          told(text, at, file);
      end += 1;
    }
  }
}
