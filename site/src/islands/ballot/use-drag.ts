/**
 * Dragging by pointer (mouse, pen, touch): the third way of ordering, after numbers and buttons. Dropping
 * never makes a tie: the targets are the gaps between places and the two trays.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

/** Before the place with this index, or in a tray. */
export type DropTarget = number | 'none' | 'unplaced';

export interface Dragging {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly over: DropTarget | null;
}

const THRESHOLD = 6;
const EDGE = 72;
const SPEED = 14;

/** Trays by where the pointer is; between places the nearest gap. */
function targetAt(x: number, y: number): DropTarget | null {
  for (const tray of document.querySelectorAll<HTMLElement>('[data-tray]')) {
    const box = tray.getBoundingClientRect();
    if (y >= box.top && y <= box.bottom && x >= box.left && x <= box.right) {
      return tray.dataset['tray'] === 'none' ? 'none' : 'unplaced';
    }
  }
  let best: { readonly index: number; readonly away: number } | null = null;
  for (const gap of document.querySelectorAll<HTMLElement>('[data-gap]')) {
    const box = gap.getBoundingClientRect();
    const away = Math.abs(y - (box.top + box.bottom) / 2);
    if (best === null || away < best.away) best = { index: Number(gap.dataset['gap']), away };
  }
  return best?.index ?? null;
}

/** What is being dragged, and the handler that begins it. Escape gives up. */
export function useDrag(drop: (id: string, where: DropTarget) => void) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const latest = useRef({ drop, dragging });
  useEffect(() => {
    latest.current = { drop, dragging };
  });

  const begin = useCallback((id: string, event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { clientX, clientY, pointerId, currentTarget } = event;
    const from = { x: clientX, y: clientY };
    let at: Dragging | null = null;
    let frame = 0;
    const scroll = () => {
      frame = requestAnimationFrame(scroll);
      if (!at) return;
      if (at.y < EDGE) window.scrollBy(0, -SPEED);
      else if (at.y > window.innerHeight - EDGE) window.scrollBy(0, SPEED);
    };
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== pointerId) return;
      const far = Math.hypot(moved.clientX - from.x, moved.clientY - from.y) >= THRESHOLD;
      if (!at && !far) return;
      if (!at) {
        currentTarget.setPointerCapture(pointerId);
        frame = requestAnimationFrame(scroll);
      }
      at = { id, x: moved.clientX, y: moved.clientY, over: targetAt(moved.clientX, moved.clientY) };
      setDragging(at);
    };
    const end = (ended: PointerEvent | KeyboardEvent) => {
      if (ended instanceof KeyboardEvent ? ended.key !== 'Escape' : ended.pointerId !== pointerId) return;
      cancelAnimationFrame(frame);
      for (const [name, listener] of listeners) document.removeEventListener(name, listener as EventListener);
      if (at && at.over !== null && ended.type === 'pointerup') latest.current.drop(id, at.over);
      at = null;
      setDragging(null);
    };
    const listeners = [
      ['pointermove', move],
      ['pointerup', end],
      ['pointercancel', end],
      ['keydown', end],
    ] as const;
    for (const [name, listener] of listeners) document.addEventListener(name, listener as EventListener);
  }, []);

  return { dragging, begin };
}
