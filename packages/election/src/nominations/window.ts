import type { Election, Instant } from '../model.ts';

/** Where nominations are at an instant; both ends are inclusive. `none`: election.yaml says nothing of them. */
export type NominationsPhase = 'none' | 'ahead' | 'open' | 'over';

export function nominationsAt(
  { nominations }: Pick<Election, 'nominations'>,
  now: Instant,
): NominationsPhase {
  if (nominations === undefined) return 'none';
  if (nominations.opensAt !== null && now < nominations.opensAt) return 'ahead';
  return now <= nominations.closesAt ? 'open' : 'over';
}
