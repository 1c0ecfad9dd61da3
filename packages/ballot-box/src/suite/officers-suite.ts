import { checkBallots } from '@elekto/custody';
import { checkRelease, checkTag } from '@elekto/custody/ballot';
import { officersRules, recordLength } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { fromBase64Url, toBase64Url } from '@elekto/wire';
import { z } from 'zod';
import type { OpenedElection } from '../box/election-row.ts';
import { ok, refuse } from '../result.ts';
import { everyCast, text } from './suite.ts';
import type { BoxSuite, PlacedRecord } from './suite.ts';

const shape = z.strictObject({ ...everyCast, suite: z.literal(2), record: text, tagKey: text });

const rulesOf = ({ manifest, manifestHash }: OpenedElection) =>
  officersRules(manifest as OfficersManifest, manifestHash);

/**
 * Everything about a cast but what is in it, which nobody can see before the count: encodings, that the handle follows from
 * the ciphertext, that its maker knows what is in it, and that it was made for this voter.
 */
function read(opened: OpenedElection, voter: Uint8Array, cast: z.infer<typeof shape>): Result<PlacedRecord> {
  const record = fromBase64Url(cast.record, recordLength(opened.manifest));
  const tagKey = fromBase64Url(cast.tagKey, 32);
  if (record === null || tagKey === null) return refuse('malformed-ballot');
  const rules = rulesOf(opened);
  if (!checkTag(rules, record, tagKey, voter).ok) return refuse('malformed-ballot');
  // Of one alone, too, several times as fast as what a page checks its own ballot with.
  const checked = checkBallots(rules, [record]);
  const [ballot] = checked.ok ? checked.value : [];
  if (ballot === undefined) return refuse('malformed-ballot');
  return ok({ place: { handle: ballot.parts.handle, shard: null }, record });
}

/** Suite 2: only a quorum of officers can open what is in the box. */
export const officersSuite: BoxSuite = {
  signsReleases: true,

  parse(given) {
    const { data: cast } = shape.safeParse(given);
    if (cast === undefined) return null;
    return { ...cast, read: (opened, _keys, voter) => Promise.resolve(read(opened, voter, cast)) };
  },

  forVoter: (record) => ({ record: toBase64Url(record) }),

  releases(opened, old, newHash, given) {
    const release = fromBase64Url(String(given), 64);
    if (release === null || !checkRelease(rulesOf(opened), old, newHash, release).ok)
      return refuse('malformed-ballot');
    return ok(release);
  },
};
