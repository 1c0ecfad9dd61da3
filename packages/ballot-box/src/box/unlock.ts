import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { OpenedSeed, RecordPlace, StoredRecord } from '@elekto/protocol/ballot';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { electionRow } from './election-row.ts';
import { openLink } from './participation.ts';
import { countsAttempt, provePassphrase } from './passphrase-proof.ts';
import { claimedPlace } from './claimed-place.ts';
import { lockShards, shardOf } from './shards.ts';

/** Hands the sealed seed to who proves the passphrase; only their browser can open it. Also after the close, for the tracker. */
export function unlock(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  authKey: string,
): Promise<Result<OpenedSeed>> {
  return transact(
    ctx,
    async (em) => {
      const opened = await electionRow(ctx, em, election.key);
      if (opened === null) return refuse('not-voted');
      const proof = await provePassphrase(ctx, em, opened, person, authKey);
      if (!proof.ok) return proof;
      const sealedSeed = openLink(proof.value.taken, proof.value.link, opened.id, person.userId);
      return sealedSeed === null ? refuse('ballot-box-damaged') : ok({ sealedSeed });
    },
    countsAttempt,
  );
}

/** Where a ballot lies, as its voter knows from the seed, and the proof that it is theirs. */
export interface RecordClaim extends RecordPlace {
  readonly authKey: string;
}

/** The stored record, still encrypted; the voter's browser reads it. Until the count empties the box. */
export function fetchRecord(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  claim: RecordClaim,
): Promise<Result<StoredRecord>> {
  return transact(
    ctx,
    async (em) => {
      const opened = await electionRow(ctx, em, election.key);
      if (opened === null) return refuse('not-voted');
      const proof = await provePassphrase(ctx, em, opened, person, claim.authKey);
      if (!proof.ok) return proof;
      const keys = await ctx.keys.election(opened.id);
      if (keys === null) return refuse('already-closed', opened.closesAt);
      const claimed = claimedPlace(opened.manifest, claim);
      if (claimed === null) return refuse('malformed-ballot');
      const at = shardOf(ctx, opened, claimed);
      const records = (await lockShards(ctx, em, opened, keys, [at]))?.get(at)?.records;
      if (records === undefined) return refuse('ballot-box-damaged');
      const record = records.find(claimed.handle);
      // A voter whose ballot is not where their own seed says: the box was rolled back or tampered with.
      if (record === null) return refuse('ballot-box-damaged');
      return ok(suiteOf(opened.manifest).forVoter(record));
    },
    countsAttempt,
  );
}
