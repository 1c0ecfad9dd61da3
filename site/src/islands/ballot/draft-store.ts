/**
 * The ranking survives a reload or a lost connection until it is cast; then nothing of it stays in this
 * browser. Kept for one person and one election.
 */
import { closeGaps } from './ranking.ts';
import type { Draft, Row } from './ranking.ts';

const name = (key: string) => `elekto-draft:${key}`;

const isPlace = (value: unknown): value is Row['place'] =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 1);

export function keepDraft(key: string, login: string, draft: Draft): void {
  try {
    if (draft.every((row) => row.place === null)) localStorage.removeItem(name(key));
    else localStorage.setItem(name(key), JSON.stringify({ login, rows: draft.map((r) => [r.id, r.place]) }));
  } catch {
    // Without storage the ballot can still be cast; only a reload would lose the ranking.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(name(key));
  } catch {
    // Nothing was kept.
  }
}

/** Who was not on the paper that the kept ranking was begun on. */
export function newSince(key: string, ids: readonly string[]): string[] {
  try {
    const { rows } = JSON.parse(localStorage.getItem(name(key)) ?? '{}') as { rows?: unknown };
    if (!Array.isArray(rows)) return [];
    const known = new Set(rows.map((row: unknown) => (Array.isArray(row) ? (row as unknown[])[0] : null)));
    return ids.filter((id) => !known.has(id));
  } catch {
    return [];
  }
}

/** The kept places for exactly these candidates, in this order, or null. Somebody else's draft is thrown away. */
export function keptDraft(key: string, login: string, ids: readonly string[]): Draft | null {
  try {
    const text = localStorage.getItem(name(key));
    if (text === null) return null;
    const kept = JSON.parse(text) as { login: unknown; rows: unknown };
    if (kept.login !== login || !Array.isArray(kept.rows)) {
      dropDraft(key);
      return null;
    }
    const places = new Map(
      kept.rows.flatMap((entry: unknown) => {
        const [id, place] = Array.isArray(entry) ? (entry as unknown[]) : [];
        return typeof id === 'string' && isPlace(place) ? [[id, place] as const] : [];
      }),
    );
    const draft = ids.map((id) => ({ id, place: places.get(id) ?? null }));
    // Who stood in between may be gone.
    return draft.some(({ place }) => (place ?? 0) > ids.length) ? closeGaps(draft) : draft;
  } catch {
    return null;
  }
}
