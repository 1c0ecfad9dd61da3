import type { ElectionKey, WaitingReason } from '@elekto/election';
import { canonicalJson, hashOf } from '@elekto/wire';
import type { ResultsFile } from '../result/results.ts';

/** What the ballot box of a server says of an election as far as a published result is measured by it. */
export type BoxFacts =
  /** Held elsewhere, or not at all. */
  | { readonly state: 'none' }
  /** Its start has passed and it cannot open. */
  | { readonly state: 'waiting'; readonly reasons: readonly WaitingReason[] }
  /** Before the close: not opened yet, or open. */
  | { readonly state: 'open' }
  /** Closed and not counted; `trouble` is the code of what stands in the way, null while all is well. */
  | { readonly state: 'closed'; readonly trouble: string | null }
  | {
      readonly state: 'counted';
      /** As the stored result names the election. */
      readonly election: ElectionKey;
      /** The key that signed the stored result, base64url. */
      readonly publicKey: string;
      /** `revisionOf` each state of the result, the present one last. */
      readonly revisions: readonly string[];
    };

/** Stands for one result with one list of decisions, whatever format it is written in: hex. Tells nothing of either. */
export const revisionOf = ({
  manifestHash,
  root,
  tieDecisions,
}: Pick<ResultsFile, 'manifestHash' | 'root' | 'tieDecisions'>): string =>
  hashOf('elekto/revision/1', manifestHash, root, canonicalJson(tieDecisions));

/** The revisions of a result, one for each state of its decisions, the present one last. */
export const revisionsOf = (file: Pick<ResultsFile, 'manifestHash' | 'root' | 'tieDecisions'>): string[] =>
  Array.from({ length: file.tieDecisions.length + 1 }, (_, decided) =>
    revisionOf({ ...file, tieDecisions: file.tieDecisions.slice(0, decided) }),
  );
