import { framed } from '@elekto/wire';
import { hashToScalar } from '../group/scalar.ts';
import { list } from '../list.ts';
import type { BallotRecord } from './record.ts';
import { type BallotRules, hashBytes, pointsPerBallot } from './rules.ts';

/** The challenge c of a ballot's proof, over everything in the record but the responses. */
export const challengeOf = (rules: BallotRules, record: Omit<BallotRecord, 'responses'>): bigint =>
  hashToScalar(
    framed(
      'elekto/ballot/2',
      hashBytes(rules.manifestHash),
      rules.electionKey,
      String(pointsPerBallot(rules)),
      record.handle,
      record.tag,
      list(record.a),
      list(record.b),
      list(record.commitments),
    ),
  );
