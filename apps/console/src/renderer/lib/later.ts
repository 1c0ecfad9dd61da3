/** Parts that are nothing of the first picture have files of their own. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

const parts: (() => Promise<unknown>)[] = [];

/** A part whose file is read when it is shown, or ahead of that (`readAhead`). */
export function later<P>(read: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  parts.push(read);
  return lazy(async () => ({ default: await read() }));
}

/**
 * Reads the files of all parts, one after another while the browser has nothing else to do: a page that is opened then is
 * there at once, also when the server is away. What cannot be read is asked for again when it is shown.
 */
export function readAhead(): void {
  const read = parts.shift();
  if (read === undefined) return;
  const goOn = (): void => void read().then(readAhead, () => undefined);
  if ('requestIdleCallback' in window) requestIdleCallback(goOn);
  else setTimeout(goOn, 1_000);
}
