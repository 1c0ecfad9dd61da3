import { multiply, multiplyBase } from '../group/multiply.ts';
import { decodeNonIdentity, encodePoint } from '../group/point.ts';
import { same } from '../list.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { checkBallot } from './check.ts';
import { deriveBallot } from './derive.ts';
import { extract } from './embed.ts';
import { type Content, decodePayload } from './payload.ts';
import { ballotAt } from './read.ts';
import { handleOf } from './record.ts';
import type { BallotRules } from './rules.ts';

/** The handle of the ballot that a seed makes: where its voter finds it. */
export const ownHandle = (rules: BallotRules, seed: Uint8Array): Uint8Array =>
  handleOf(
    rules,
    deriveBallot(rules, seed).exponents.map((r) => encodePoint(multiplyBase(r))),
  );

/**
 * What a voter's own ballot says, by its seed alone: the record has to be the one that this seed made, with its proof
 * intact, so that a server cannot show a ballot that was changed.
 */
export function openBallot(rules: BallotRules, seed: Uint8Array, record: Uint8Array): Result<Content> {
  const key = decodeNonIdentity(rules.electionKey);
  if (key === null)
    return refuse('ballot-key', ballotAt(null), 'the election key of the ballot paper is none.');
  const checked = checkBallot(rules, record);
  if (!checked.ok) return checked;
  const { parts, b } = checked.value;
  const at = ballotAt(parts.handle);
  const { exponents } = deriveBallot(rules, seed);
  if (!exponents.every((r, k) => same(encodePoint(multiplyBase(r)), parts.a[k] ?? new Uint8Array())))
    return refuse('ballot-not-yours', at, 'it is not the ballot that you cast.');
  const payload = extract(b.map((point, k) => point.subtract(multiply(key, exponents[k] ?? 0n))));
  const content = payload === null ? null : decodePayload(rules, payload);
  return content === null
    ? refuse('ballot-payload', at, 'it does not hold a ranking of this election.')
    : accept(content);
}
