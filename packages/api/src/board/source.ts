import type { BoardSource } from '@elekto/ballot-box';
import { INSPECTION, type ElectionKey } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';

/** What the repository says about the board of an election. */
export function boardSourceOf(
  { custody, elections }: Pick<MetaSnapshot, 'custody' | 'elections'>,
  key: ElectionKey,
): BoardSource {
  const { boxes = [], inspection = INSPECTION } = elections.get(key)?.election ?? {};
  return { custody, boxes, inspection };
}
