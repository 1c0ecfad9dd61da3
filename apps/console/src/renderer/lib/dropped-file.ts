/** The file of ballots that was dropped last or chosen, for the page that counts it. */
import { useSyncExternalStore } from 'react';

let current: File | null = null;
const listeners = new Set<() => void>();

/** Takes the place of the one before. */
export function takeFile(file: File): void {
  current = file;
  listeners.forEach((listener) => listener());
}

/** Null before there was one. */
export const useTakenFile = (): File | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
