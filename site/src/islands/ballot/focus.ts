import { useLayoutEffect, useRef } from 'react';

/** Which control of which row should hold the focus after the list was drawn anew. */
export interface FocusTarget {
  readonly id: string;
  readonly controls: readonly string[];
}

/** Rows move, and with them their controls: the pressed one, or the next that still works, keeps the focus. */
export function useFocusAfterMove(target: FocusTarget | null): void {
  const done = useRef<FocusTarget | null>(null);
  useLayoutEffect(() => {
    if (target === null || done.current === target) return;
    done.current = target;
    const row = document.querySelector(`[data-row="${CSS.escape(target.id)}"]`);
    for (const control of target.controls) {
      const element = row?.querySelector<HTMLButtonElement>(`[data-control="${control}"]`);
      if (!element || element.disabled) continue;
      element.focus();
      return;
    }
  });
}
