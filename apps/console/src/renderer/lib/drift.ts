import { driftWords } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { formatUtc } from './time.ts';

/** What the files say differently from what holds for the ballots. */
export const driftSentences = ({
  drift,
  driftNames,
}: Pick<ElectionOverview, 'drift' | 'driftNames'>): string[] =>
  drift.map((each) => driftWords(each, driftNames, formatUtc, 'en'));
