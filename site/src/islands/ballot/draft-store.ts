/**
 * The ranking survives a reload or a lost connection until it is cast; then nothing of it stays in this
 * browser. Kept for one person and one election.
 *
 * Each tab has its own (`sessionStorage`), so that two of them never write over one another; a new tab begins with the
 * one that was changed last (`localStorage`).
 */
import { closeGaps } from './ranking.ts';
import type { Draft, Row } from './ranking.ts';

const name = (key: string) => `elekto-draft:${key}`;

/** What is told to the other tabs of this browser when a ballot is cast: their rankings go, too. */
const channel = (key: string): BroadcastChannel | null =>
  typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name(key));

const isPlace = (value: unknown): value is Row['place'] =>
  value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 1);

export function keepDraft(key: string, login: string, draft: Draft): void {
  if (draft.every((row) => row.place === null)) return dropDraft(key);
  const text = JSON.stringify({ login, rows: draft.map((r) => [r.id, r.place]) });
  try {
    sessionStorage.setItem(name(key), text);
    localStorage.setItem(name(key), text);
  } catch {
    // Without storage the ballot can still be cast; only a reload would lose the ranking.
  }
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(name(key));
    localStorage.removeItem(name(key));
  } catch {
    // Nothing was kept.
  }
}

/** A ballot was cast in this tab. */
export function tellCast(key: string): void {
  const tabs = channel(key);
  tabs?.postMessage('cast');
  tabs?.close();
}

/** Calls `heard` when a ballot was cast in another tab of this browser. @returns what ends it. */
export function onCastElsewhere(key: string, heard: () => void): () => void {
  const tabs = channel(key);
  tabs?.addEventListener('message', heard);
  return () => tabs?.close();
}

/** This tab's own, else the one that was changed last. @throws where storage is forbidden. */
const keptText = (key: string): string | null =>
  sessionStorage.getItem(name(key)) ?? localStorage.getItem(name(key));

/** Who was not on the paper that the kept ranking was begun on. */
export function newSince(key: string, ids: readonly string[]): string[] {
  try {
    const { rows } = JSON.parse(keptText(key) ?? '{}') as { rows?: unknown };
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
    const text = keptText(key);
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
