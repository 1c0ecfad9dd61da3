import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { allowOwnWorkers } from './trusted-types.ts';

/** Puts an island into its place on the page. */
export function mount(island: ReactNode): void {
  allowOwnWorkers();
  const place = document.getElementById('island');
  if (place) createRoot(place).render(island);
}
