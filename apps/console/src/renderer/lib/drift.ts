import { driftWords } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { formatUtc } from './time.ts';

/** What the files say differently from what holds for the ballots, by candidates' ids, which are those of the files. */
export const driftSentences = (drift: ElectionOverview['drift']): string[] =>
  drift.map((each) => driftWords(each, {}, formatUtc, 'en'));
