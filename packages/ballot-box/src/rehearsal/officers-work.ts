/** What made-up officers do in a rehearsal, with keys that are nowhere but in the memory of the thread that runs this. */
import {
  addMix,
  finishedKey,
  finishedPosts,
  FORMAT,
  nextPosts,
  officerKey,
  openBoard,
  proveHolding,
  readHeader,
  readManifest,
  shareOf,
  wipe,
  writeDecryption,
  writeMix,
  writeTranscript,
} from '@elekto/custody';
import type { BoardKey, Header, KeyShare, OfficerKey, Post, Result } from '@elekto/custody';
import { verifyCount } from '@elekto/protocol/board';
import type { CountInput } from '@elekto/protocol/board';
import type { Check } from '@elekto/protocol/result';
import { toBase64Url } from '@elekto/wire';

/** Who counts a rehearsal. */
export interface MadeUp {
  readonly logins: readonly string[];
  readonly threshold: number;
  /** The last day of the key, YYYY-MM-DD. */
  readonly until: string;
  readonly election: string;
}

/** What their ceremony gave: the custody file's text, and the proofs without which the election does not open. */
export interface Ceremony {
  readonly transcript: string;
  readonly ready: readonly { readonly officer: number; readonly proof: string }[];
}

/** A closed box as it is served. */
export interface ClosedBox {
  readonly manifest: string;
  readonly electors: number;
  readonly box: Uint8Array;
}

/** The work of all officers of one rehearsal; what it keeps between the calls ends with it. */
export interface OfficersWork {
  ceremony(who: MadeUp): Promise<Ceremony>;
  /** The mixes and decryptions of a quorum, as files to post in this order; none for an empty box. */
  count(closed: ClosedBox): Promise<readonly Uint8Array[]>;
  /** Every line of the verification that anybody can do from the files alone. */
  verify(input: CountInput): Promise<readonly Check[]>;
}

interface Officer {
  readonly key: OfficerKey;
  readonly share: KeyShare;
}

export function createOfficersWork(): OfficersWork {
  let board: BoardKey | null = null;
  let officers: readonly Officer[] = [];

  return {
    async ceremony({ logins, threshold, until, election }) {
      const keys = logins.map(() => officerKey(random(16)));
      const header = must(readHeader(headerOf(logins, keys, threshold, until)));
      const posts = await heldBy(header, keys);
      const made = must(finishedKey(header, posts));
      const shares = await Promise.all(keys.slice(0, threshold).map((key) => shareOf(header, posts, key)));
      officers = shares.flatMap((share, i) => {
        const key = keys[i];
        return share === null || key === undefined ? [] : [{ key, share }];
      });
      for (const key of keys.slice(threshold)) wipe(key);
      board = made;
      const ready = officers.map(({ share }) => ({
        officer: share.position,
        proof: toBase64Url(proveHolding(made, share, { kind: 'ready', election })),
      }));
      return { transcript: writeTranscript({ header, posts }), ready };
    },

    async count({ manifest, electors, box }) {
      if (board === null) throw new Error('there was no ceremony');
      let now = must(openBoard(must(readManifest(manifest)), board, electors, box));
      if (now.box.ballots.length === 0) return [];
      const files: Uint8Array[] = [];
      for (const { key, share } of officers) {
        const mix = must(writeMix(now, share.position, key.signSecret));
        files.push(mix);
        now = must(addMix(now, mix));
      }
      for (const { key, share } of officers) files.push(must(writeDecryption(now, share, key.signSecret)));
      for (const { key } of officers) wipe(key);
      return files;
    },

    async verify(input) {
      const checks: Check[] = [];
      for await (const check of verifyCount(input)) checks.push(check);
      return checks;
    },
  };
}

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Everybody here is made up: what is refused is a mistake of this program. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const headerOf = (
  logins: readonly string[],
  keys: readonly OfficerKey[],
  threshold: number,
  until: string,
): Record<string, unknown> => ({
  format: FORMAT,
  kind: 'rehearsal',
  threshold,
  officers: keys.map(({ sign, receive }, i) => ({
    login: logins[i] ?? '',
    sign: toBase64Url(sign),
    receive: toBase64Url(receive),
  })),
  until,
  nonce: toBase64Url(random(16)),
});

/** Everybody deals, then everybody confirms. */
async function heldBy(header: Header, keys: readonly OfficerKey[]): Promise<Post[]> {
  const posts: Post[] = [];
  for (const _visit of ['deal', 'confirm'])
    for (const key of keys) posts.push(...(await nextPosts(header, posts, key)));
  return finishedPosts(posts);
}
