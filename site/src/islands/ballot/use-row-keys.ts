import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { actOn } from './rank-acts.ts';
import type { RankAct } from './rank-acts.ts';
import type { Draft } from './ranking.ts';

/** Digits that follow within this time belong to one number, ms. */
const TOGETHER_MS = 900;

interface Options {
  readonly draft: Draft;
  readonly act: (id: string, act: RankAct) => void;
  /** A number that was typed is whole. */
  readonly setPlace: (id: string, place: number) => void;
  readonly setStop: (id: string) => void;
  readonly frame: React.RefObject<HTMLElement | null>;
}

/** Digits that were typed on somebody's row, while another one may belong to the number. */
export interface Typed {
  readonly id: string;
  readonly text: string;
}

interface RowKeys {
  readonly typed: Typed | null;
  readonly onKeyDown: (id: string, event: React.KeyboardEvent) => void;
  /** The ranking with the number that is being typed, which is whole with that. */
  readonly settled: (draft: Draft) => Draft;
  /** Forgets the number that is being typed; whether there was one. */
  readonly forget: () => boolean;
  /** As `settled`, by `setPlace`. */
  readonly settle: () => void;
}

/**
 * The keys of a candidate's row. Arrows, Home and End go from row to row; with Alt, arrows move the candidate.
 * Digits set the place, two where there are that many; `=` shares the place above; Delete makes it "not ranked"; the right
 * arrow goes to the menu. Enter and Space press the row.
 *
 * The first of two digits changes no ranking: of 12, the 1 would move everybody down for a moment, and back.
 */
export function useRowKeys(options: Options): RowKeys {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const [typed, setTyped] = useState<Typed | null>(null);
  const pending = useRef<Typed | null>(null);
  const over = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(over.current), []);

  const forget = useCallback(() => {
    const was = pending.current !== null;
    clearTimeout(over.current);
    pending.current = null;
    setTyped(null);
    return was;
  }, []);
  const settled = useCallback(
    (draft: Draft) => {
      const was = pending.current;
      forget();
      return was === null ? draft : actOn(draft, was.id, { place: Number(was.text) });
    },
    [forget],
  );
  const settle = useCallback(() => {
    const was = pending.current;
    forget();
    if (was !== null) latest.current.setPlace(was.id, Number(was.text));
  }, [forget]);

  const type = useCallback(
    (id: string, digit: string) => {
      const { draft, setPlace } = latest.current;
      const joined = (pending.current?.text ?? '') + digit;
      const text = Number(joined) <= draft.length ? joined : digit;
      forget();
      if (Number(text) === 0) return;
      if (Number(text) * 10 > draft.length) return setPlace(id, Number(text));
      pending.current = { id, text };
      setTyped(pending.current);
      over.current = setTimeout(settle, TOGETHER_MS);
    },
    [forget, settle],
  );

  const onKeyDown = useCallback(
    (id: string, event: React.KeyboardEvent) => {
      const { act, setStop, frame } = latest.current;
      if (event.ctrlKey || event.metaKey) return;
      if (/^\d$/.test(event.key) && !event.altKey) {
        type(id, event.key);
        return event.preventDefault();
      }
      const go = (where: (at: number, last: number) => number) => {
        settle();
        const rows = [
          ...(frame.current?.querySelectorAll<HTMLElement>('[data-row]:not([hidden]) .pick') ?? []),
        ];
        const to = where(rows.indexOf(event.currentTarget as HTMLElement), rows.length - 1);
        const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
        row?.focus();
        setStop(row?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? id);
      };

      if (event.altKey && event.key === 'ArrowUp') act(id, 'up');
      else if (event.altKey && event.key === 'ArrowDown') act(id, 'down');
      else if (event.altKey) return;
      else if (event.key === 'ArrowUp') go((at) => at - 1);
      else if (event.key === 'ArrowDown') go((at) => at + 1);
      else if (event.key === 'Home') go(() => 0);
      else if (event.key === 'End') go((_, last) => last);
      else if (event.key === 'ArrowRight')
        event.currentTarget.closest('li')?.querySelector<HTMLElement>('[data-control=menu]')?.focus();
      else if (event.key === '=') act(id, 'tie');
      else if (event.key === 'Delete' || event.key === 'Backspace') act(id, 'leave-out');
      else return;
      event.preventDefault();
    },
    [settle, type],
  );
  return { typed, onKeyDown, settled, settle, forget };
}
