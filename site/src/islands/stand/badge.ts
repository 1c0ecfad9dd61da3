import type { Stand } from '@elekto/protocol/stand';

/** `eligible` may vote now or will, `asked` waits for the officers; '' says nothing: voting is over. */
export function badgeOf(mine: {
  readonly voted: boolean;
  readonly stand: Stand | null;
}): 'voted' | 'eligible' | 'asked' | 'not' | '' {
  if (mine.voted) return 'voted';
  if (!mine.stand || mine.stand.kind.startsWith('over-')) return '';
  const { kind, next } = mine.stand;
  if (next === 'vote' || kind === 'soon' || kind === 'waiting') return 'eligible';
  return kind === 'asked' || kind === 'more-asked' || kind === 'approved' ? 'asked' : 'not';
}
