import {
  hashRecord,
  openBallot,
  ownHandle,
  sealBallot,
  signRelease,
  type BallotRules,
} from '@elekto/custody/ballot';
import { concat, fromBase64Url, toBase64Url } from '@elekto/wire';
import { officersRules } from '../ballot/officers-rules.ts';
import type { BallotPaper, SealedCast, StoredRecord } from '../ballot/paper.ts';
import { rankingOf, ranksOf, type Ranking } from '../ballot/ranking.ts';
import { recordLength } from '../ballot/record-length.ts';
import { PaperError, readPaper } from './read-paper.ts';
import type { VoterSuite } from './suite.ts';

function rulesOf(paper: BallotPaper): BallotRules {
  readPaper(paper);
  if (paper.manifest.suite !== 2) throw new PaperError('this ballot paper is of another suite');
  return officersRules(paper.manifest, paper.manifestHash);
}

/**
 * The ranks that are sealed. Nobody can look inside to see that whoever was struck out was left out, so where all have to be
 * ranked they stand last; the count leaves them out.
 */
function sealedRanks({ manifest, struck = [] }: BallotPaper, ranking: Ranking): number[] {
  const ranks = ranksOf(manifest.candidates, ranking);
  if (manifest.allowNoOpinion) return ranks;
  return ranks.map((rank, index) =>
    rank === 0 && struck.includes(manifest.candidates[index] ?? '') ? ranks.length : rank,
  );
}

const bytesOf = ({ manifest }: BallotPaper, given: StoredRecord | SealedCast): Uint8Array | null =>
  'record' in given ? fromBase64Url(given.record, recordLength(manifest)) : null;

/** Suite 2: ballots are sealed to a key that a quorum of officers holds. */
export const officersSuite: VoterSuite = {
  seal(paper, ranking) {
    const { voterBinding } = readPaper(paper);
    const sealed = sealBallot(rulesOf(paper), sealedRanks(paper, ranking), voterBinding);
    if (!sealed.ok) throw new PaperError(sealed.error.message);
    const { seed, record, tagKey } = sealed.value;
    const cast = { suite: 2, record: toBase64Url(record), tagKey: toBase64Url(tagKey) } as const;
    return Promise.resolve({ seed: concat(seed), cast, tracker: null });
  },

  find(paper, seed) {
    const handle = toBase64Url(ownHandle(rulesOf(paper), seed));
    return Promise.resolve({ place: { handle }, tracker: null });
  },

  read(paper, seed, stored) {
    const record = bytesOf(paper, stored);
    const opened = record === null ? null : openBallot(rulesOf(paper), seed, record);
    return Promise.resolve(
      opened?.ok === true ? rankingOf(paper.manifest.candidates, opened.value.ranks) : null,
    );
  },

  release(paper, seed, stored, next) {
    const record = bytesOf(paper, stored);
    const after = next === null ? null : bytesOf(paper, next);
    if (record === null || (next !== null && after === null))
      throw new PaperError('a ballot of another suite is not replaced by one of this');
    const hash = (bytes: Uint8Array): string => hashRecord(paper.manifestHash, bytes);
    return toBase64Url(signRelease(rulesOf(paper), seed, hash(record), after === null ? null : hash(after)));
  },
};
