import type { Election } from '@elekto/election';
import { driftFrom } from '@elekto/protocol/manifest';
import type { Drift } from '@elekto/protocol/manifest';
import type { OpenedElection } from './election-row.ts';

/** What an election's files say differently from what holds for its ballots: the pinned manifest and the row's dates. */
export function driftOf(opened: OpenedElection, election: Election): Drift[] {
  const { closesAt } = election;
  const drift = [...driftFrom(opened.manifest, election), ...custodyLost(opened, election)];
  if (closesAt === opened.closesAt) return drift;
  if (opened.state !== 'open')
    return [...drift, { code: 'end-after-close', file: closesAt, holds: opened.closesAt }];
  // Read and not taken over.
  const ignored = closesAt === opened.fileClosesAt;
  return ignored ? [...drift, { code: 'end-in-the-past', file: closesAt, holds: opened.closesAt }] : drift;
}

/** The server has read the folder keys: where a file is named that is not there, or not finished, it is another one. */
function custodyLost({ manifest }: OpenedElection, { custody }: Election): Drift[] {
  const isNamed = manifest.suite === 2 && custody !== undefined;
  return isNamed && custody.board === null && custody.ceremony === undefined
    ? [{ code: 'custody-changed' }]
    : [];
}
