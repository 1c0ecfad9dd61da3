import { useCallback, useLayoutEffect, useRef } from 'react';
import type { RankAct } from './rank-acts.ts';
import type { Draft } from './ranking.ts';

/** Digits that follow within this time belong to one number, ms. */
const TOGETHER_MS = 900;

interface Options {
  readonly draft: Draft;
  readonly act: (id: string, act: RankAct) => void;
  readonly setFrom: (before: Draft, id: string, place: number) => void;
  readonly setStop: (id: string) => void;
  /** Of whose place one digit is typed and another may follow; null: of nobody's. */
  readonly setTyping: (id: string | null) => void;
  readonly frame: React.RefObject<HTMLElement | null>;
}

/**
 * The keys of a candidate's row. Arrows, Home and End go from row to row; with Alt, arrows move the candidate.
 * Digits set the place, two where there are that many; `=` shares the place above; Delete leaves out; the right
 * arrow goes to the menu. Enter and Space press the row.
 */
export function useRowKeys(options: Options): (id: string, event: React.KeyboardEvent) => void {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const typed = useRef({ id: '', text: '', at: 0, before: [] as Draft });
  const over = useRef<ReturnType<typeof setTimeout>>(undefined);

  return useCallback((id, event) => {
    const { draft, act, setFrom, setStop, setTyping, frame } = latest.current;
    if (event.ctrlKey || event.metaKey) return;
    const rows = [...(frame.current?.querySelectorAll<HTMLElement>('[data-row]:not([hidden]) .pick') ?? [])];
    const at = rows.indexOf(event.currentTarget as HTMLElement);
    const go = (to: number) => {
      const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
      row?.focus();
      setStop(row?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? id);
    };
    const type = (digit: string) => {
      const { current } = typed;
      const more = current.id === id && event.timeStamp - current.at < TOGETHER_MS;
      const joined = more ? current.text + digit : digit;
      const fits = Number(joined) <= draft.length;
      const text = fits ? joined : digit;
      const before = more && fits ? current.before : draft;
      if (Number(text) === 0) return;
      typed.current = { id, text, at: event.timeStamp, before };
      setFrom(before, id, Number(text));
      if (Number(text) * 10 > draft.length) return;
      setTyping(id);
      over.current = setTimeout(() => setTyping(null), TOGETHER_MS);
    };
    clearTimeout(over.current);
    setTyping(null);

    if (event.altKey && event.key === 'ArrowUp') act(id, 'up');
    else if (event.altKey && event.key === 'ArrowDown') act(id, 'down');
    else if (event.altKey) return;
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'ArrowRight')
      event.currentTarget.closest('li')?.querySelector<HTMLElement>('[data-control=menu]')?.focus();
    else if (/^\d$/.test(event.key)) type(event.key);
    else if (event.key === '=') act(id, 'tie');
    else if (event.key === 'Delete' || event.key === 'Backspace') act(id, 'leave-out');
    else return;
    event.preventDefault();
  }, []);
}
