import { checkInclusion, cleanTracker, verifyResults } from '@elekto/protocol/result';
import type { Check, ResultsFile2 } from '@elekto/protocol/result';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import type { Api } from '../shared/api.ts';
import { signedBy } from '../shared/open-data.ts';
import type { PublishedFiles } from '../shared/open-data.ts';

export type Lookup =
  | {
      readonly kind: 'found';
      readonly ranking: Readonly<Record<string, number>>;
      readonly candidates: readonly string[];
    }
  /** Counted under this number, by the signed result; what it says is not published. */
  | { readonly kind: 'listed' }
  /** What is published is not this election's result, so nothing can be said of any ballot. */
  | { readonly kind: 'disputed'; readonly check: Check }
  | { readonly kind: 'not-found' | 'no-trackers' };

/**
 * What was counted under a tracker, from published files that were verified first. Where the officers kept the
 * ballots to themselves, the server is asked for this one, with the proof that it stands under the signed root; else
 * nobody is asked anything. `api` must ask without credentials, so that the server is not told whose ballot it is.
 */
export async function findBallot(
  api: Api,
  entry: Pick<ElectionEntry, 'key' | 'results'>,
  { ballots: ballotsCsv, results: resultsJson }: PublishedFiles,
  tracker: string,
): Promise<Lookup> {
  if (resultsJson === null) return { kind: 'no-trackers' };
  const verified = await verifyResults({ ballotsCsv, resultsJson, tracker, ...signedBy(entry) });
  const { file, checks, signer, ballot } = verified;
  const wrong = checks.find(({ ok, name }) => !ok && name !== 'tracker');
  if (wrong !== undefined) return { kind: 'disputed', check: wrong };
  if (file === null || file.format === 'elekto-results/3' || file.trackers.length === 0)
    return { kind: 'no-trackers' };
  if (!file.trackers.includes(cleanTracker(tracker))) return { kind: 'not-found' };
  if (ballot !== null) return { kind: 'found', ranking: ballot, candidates: file.manifest.candidates };
  // Nothing but the signature stands behind a list without ballots.
  const signature = checks.find(({ name }) => name === 'signature');
  const isVouchedFor = signer !== null || Boolean(entry.results?.publicKey);
  if (signature !== undefined && !isVouchedFor) return { kind: 'disputed', check: signature };
  return (await proven(api, entry.key, file, cleanTracker(tracker))) ?? { kind: 'listed' };
}

/** The ballot that the server tells, if its proof holds; else null. */
async function proven(
  api: Api,
  key: string,
  file: Pick<ResultsFile2, 'manifest' | 'root' | 'cast' | 'trackers'>,
  tracker: string,
): Promise<Lookup | null> {
  const { proof } = await api.ballot.inclusionProof.mutate({ key, tracker });
  if (proof === null || proof.tracker !== tracker || !checkInclusion(proof, file)) return null;
  const { candidates } = file.manifest;
  const ranked = candidates.flatMap((id, i) => (proof.ranks[i] ? [[id, proof.ranks[i]] as const] : []));
  return { kind: 'found', ranking: Object.fromEntries(ranked), candidates };
}
