/**
 * Dragging by pointer (mouse, pen, touch) in the ranking: into the gaps between places, onto a place to share it
 * (its name says with whom), or out of the ranking.
 */
import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** Before the tier with this index, with that tier, or out. */
export type DropTarget = { readonly before: number } | { readonly with: number } | 'out';

export interface Dragging {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly over: DropTarget | null;
}

const THRESHOLD = 6;
const EDGE = 72;
const SPEED = 14;
/** The part of a place, at its top and at its bottom, that stands for the gap beside it. */
const GAP = 0.28;

/** What the pointer is over: the middle of a place shares it, its edges and everything else are gaps. */
function targetAt(x: number, y: number, id: string): DropTarget | null {
  const within = (element: Element): DOMRect | null => {
    const box = element.getBoundingClientRect();
    return y >= box.top && y <= box.bottom && x >= box.left && x <= box.right ? box : null;
  };
  const out = document.querySelector('[data-out]');
  if (out && within(out)) return 'out';
  const tiers = [...document.querySelectorAll<HTMLElement>('[data-tier]')];
  for (const [index, tier] of tiers.entries()) {
    const box = within(tier);
    if (!box) continue;
    const part = (y - box.top) / box.height;
    const members = tier.querySelectorAll('[data-ranked]');
    const alone = members.length === 1 && members[0]?.getAttribute('data-ranked') === id;
    if (part < GAP) return { before: index };
    if (part > 1 - GAP) return { before: index + 1 };
    return alone ? null : { with: index };
  }
  const below = tiers.findIndex((tier) => y < tier.getBoundingClientRect().top);
  return tiers.length === 0 ? null : { before: below < 0 ? tiers.length : below };
}

/** What is being dragged, and the handler that begins it. Escape gives up. */
export function useDrag(drop: (id: string, where: DropTarget) => void) {
  const [dragging, setDragging] = useState<Dragging | null>(null);
  const latest = useRef(drop);
  useLayoutEffect(() => {
    latest.current = drop;
  });

  const begin = useCallback((id: string, event: React.PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { clientX, clientY, pointerId, currentTarget } = event;
    const from = { x: clientX, y: clientY };
    const scroller = currentTarget.closest('.your-ranking');
    let at: Dragging | null = null;
    let frame = 0;
    const scroll = () => {
      frame = requestAnimationFrame(scroll);
      if (!at) return;
      const by = at.y < EDGE ? -SPEED : at.y > window.innerHeight - EDGE ? SPEED : 0;
      if (by === 0) return;
      scroller?.scrollBy(0, by);
      window.scrollBy(0, by);
    };
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== pointerId) return;
      const far = Math.hypot(moved.clientX - from.x, moved.clientY - from.y) >= THRESHOLD;
      if (!at && !far) return;
      if (!at) {
        currentTarget.setPointerCapture(pointerId);
        frame = requestAnimationFrame(scroll);
      }
      at = { id, x: moved.clientX, y: moved.clientY, over: targetAt(moved.clientX, moved.clientY, id) };
      setDragging(at);
    };
    const end = (ended: PointerEvent | KeyboardEvent) => {
      if (ended instanceof KeyboardEvent ? ended.key !== 'Escape' : ended.pointerId !== pointerId) return;
      cancelAnimationFrame(frame);
      for (const [name, listener] of listeners) document.removeEventListener(name, listener as EventListener);
      if (at && at.over !== null && ended.type === 'pointerup') latest.current(id, at.over);
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
