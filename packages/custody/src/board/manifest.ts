import { canonicalJson, framed, fromHex, toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { type BallotRules, pointsPerBallot, SUITE } from '../ballot/rules.ts';
import type { BoardKey } from '../ceremony/board-key.ts';
import { encodePoint } from '../group/point.ts';
import { bytesOf, parseJson } from '../json.ts';
import { same } from '../list.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { isSigner } from '../sign.ts';
import { MOST_CANDIDATES } from './limits.ts';

const A = { election: 'an election', rehearsal: 'a rehearsal' } as const;

/** What the board needs of an election's manifest. The rest of it is bound by its hash. */
export interface BoardManifest {
  /** The canonical JSON, which is what is hashed. */
  readonly text: string;
  readonly kind: 'election' | 'rehearsal';
  /** 16 random bytes: two runs of one election have different manifests. */
  readonly run: Uint8Array;
  readonly transcriptHash: Uint8Array;
  readonly serverKey: Uint8Array;
  readonly candidates: readonly string[];
  readonly rules: BallotRules;
  /** w */
  readonly points: number;
}

const at = { step: 'manifest', party: 'whoever opened the election' };

/** Reads a manifest of suite 2 from its canonical JSON. */
export function readManifest(text: string): Result<BoardManifest> {
  const json = parseJson(text);
  const no = (sentence: string): Result<never> => refuse('manifest-format', at, sentence);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return no('it is no JSON object.');
  let canonical: string | null = null;
  try {
    canonical = canonicalJson(json);
  } catch {
    // Numbers that canonical JSON does not have.
  }
  if (canonical !== text) return no('it is not in its canonical form.');
  const { suite, kind, run, custody, publicKey, serverKey, candidates, allowNoOpinion, trackers } =
    json as Record<string, unknown>;
  const bytes = {
    run: typeof run === 'string' ? fromHex(run, 16) : null,
    electionKey: bytesOf(publicKey, 32),
    serverKey: bytesOf(serverKey, 32),
    transcriptHash: typeof custody === 'string' ? fromHex(custody, 32) : null,
  };
  if (suite !== SUITE || (kind !== 'election' && kind !== 'rehearsal'))
    return no('it is not of suite 2, or neither an election nor a rehearsal.');
  if (
    bytes.run === null ||
    bytes.electionKey === null ||
    bytes.serverKey === null ||
    bytes.transcriptHash === null
  )
    return no('run, custody, publicKey or serverKey is missing or malformed.');
  if (!isSigner(bytes.serverKey)) return no('the server key cannot be used.');
  if (
    !Array.isArray(candidates) ||
    candidates.length === 0 ||
    candidates.length > MOST_CANDIDATES ||
    !candidates.every((one) => typeof one === 'string') ||
    new Set(candidates).size !== candidates.length
  )
    return no('candidates is not a list of different names.');
  if (typeof allowNoOpinion !== 'boolean' || typeof trackers !== 'boolean')
    return no('allowNoOpinion or trackers is neither true nor false.');
  const rules: BallotRules = {
    manifestHash: toHex(sha256(framed('elekto/manifest/2', text))),
    electionKey: bytes.electionKey,
    candidates: candidates.length,
    tracker: trackers,
    allowNoOpinion,
  };
  return accept({
    text,
    kind,
    run: bytes.run,
    transcriptHash: bytes.transcriptHash,
    serverKey: bytes.serverKey,
    candidates,
    rules,
    points: pointsPerBallot(rules),
  });
}

/** Whether a manifest is sealed to this key: transcript, Y, and the purpose that the ceremony was held for. */
export function checkManifestKey(manifest: BoardManifest, key: BoardKey): Result<null> {
  if (!same(manifest.transcriptHash, key.transcriptHash))
    return refuse('manifest-custody', at, 'it names another ceremony than the one in the repository.');
  if (!same(manifest.rules.electionKey, encodePoint(key.electionKey)))
    return refuse('manifest-key', at, 'its key is not the one that the ceremony made.');
  if (manifest.kind !== key.header.kind)
    return refuse(
      'manifest-kind',
      at,
      `it is for ${A[manifest.kind]}, and the key for ${A[key.header.kind]}.`,
    );
  return accept(null);
}
