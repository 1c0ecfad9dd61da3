/** This process's end of the wire to the test, which has the browser. */
import { Wire, type Handlers } from '../wire.ts';

const handlers: Record<string, (params: never) => unknown> = {};

/** Lets a part of the double answer questions of the test's side. */
export function answer(parts: Handlers): void {
  Object.assign(handlers, parts);
}

export const parent = new Wire(
  {
    send: (message) => void process.send?.(message),
    listen: (listener) => void process.on('message', listener),
  },
  handlers,
);
