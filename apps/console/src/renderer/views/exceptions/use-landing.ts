import { useEffect, type RefObject } from 'react';
import { isFocusLost } from '../../lib/focus.ts';

/**
 * Keeps the queue's keys alive: the list or a button that had the focus may be gone after a decision. Focus that was
 * lost goes to the list, or to what stands in its place; focus that is anywhere is left there.
 */
export function useLanding(queue: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const land = (): void => {
      if (!isFocusLost()) return;
      queue.current?.querySelector<HTMLElement>('[data-landing]')?.focus({ preventScroll: true });
    };
    land();
    // A button that had the focus and cannot be pressed any more loses it with the next frame.
    const later = (): void => void requestAnimationFrame(land);
    const element = queue.current;
    element?.addEventListener('focusout', later);
    return () => element?.removeEventListener('focusout', later);
  });
}
