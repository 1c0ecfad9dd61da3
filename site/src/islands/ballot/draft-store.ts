/**
 * The ranking survives a reload or a lost connection until it is cast; then nothing of it stays in this
 * browser. Kept for one person and one election.
 */
import type { Choice, Draft } from './ranking.ts';

const name = (key: string) => `elekto-draft:${key}`;

const isChoice = (value: unknown): value is Choice =>
  value === null || value === 'none' || (typeof value === 'number' && Number.isInteger(value) && value >= 1);

export function keepDraft(key: string, login: string, draft: Draft): void {
  try {
    if (draft.every((row) => row.choice === null)) localStorage.removeItem(name(key));
    else localStorage.setItem(name(key), JSON.stringify({ login, rows: draft.map((r) => [r.id, r.choice]) }));
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

/** The kept rows for exactly these candidates, or null. Somebody else's draft is thrown away. */
export function keptDraft(key: string, login: string, ids: readonly string[]): Draft | null {
  try {
    const text = localStorage.getItem(name(key));
    if (text === null) return null;
    const kept = JSON.parse(text) as { login: unknown; rows: unknown };
    if (kept.login !== login || !Array.isArray(kept.rows)) {
      dropDraft(key);
      return null;
    }
    const left = new Set(ids);
    const rows: Draft = kept.rows.flatMap((entry: unknown) => {
      const [id, choice] = Array.isArray(entry) ? (entry as unknown[]) : [];
      return typeof id === 'string' && isChoice(choice) && left.delete(id) ? [{ id, choice }] : [];
    });
    return [...rows, ...[...left].map((id) => ({ id, choice: null }))];
  } catch {
    return null;
  }
}
