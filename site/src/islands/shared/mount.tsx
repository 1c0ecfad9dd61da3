import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { allowOwnWorkers } from './trusted-types.ts';

/** Puts an island into its place on the page. */
export function mount(island: ReactNode): void {
  allowOwnWorkers();
  const place = document.getElementById('island');
  if (!place) return;
  const wasAskedFor = place.querySelector('[data-pressed]') !== null;
  createRoot(place).render(island);
  if (wasAskedFor) focusFirst(place);
}

/** The button that asked for the tool is gone with its focus: the first that can be filled in or pressed there has it, once it is there. */
function focusFirst(place: HTMLElement): void {
  const drawn = new MutationObserver(() => {
    const first = place.querySelector<HTMLElement>('select, input, textarea, button, a[href]');
    if (!first) return;
    drawn.disconnect();
    if (document.activeElement === null || document.activeElement === document.body) first.focus();
  });
  drawn.observe(place, { childList: true, subtree: true });
}
