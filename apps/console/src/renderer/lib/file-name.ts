import type { ElectionKey } from '@elekto/election';

/** `steering---2025` and `ballots.csv` make `steering-2025-ballots.csv`; safe on every file system. */
export function fileName(key: ElectionKey, name: string): string {
  const safe = key
    .replace(/[^\p{L}\p{N}._]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return `${safe === '' ? 'election' : safe}-${name}`;
}
