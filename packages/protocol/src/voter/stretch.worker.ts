import { foreseeStretch, stretch } from './stretch.ts';
import type { StretchJob } from './stretch.ts';

/** What the worker says: how long it will take (ms), then the result, or that it could not. */
export type StretchAnswer = { foreseen: number } | { output: Uint8Array } | { failed: true };

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<StretchJob>) => void) | null;
  postMessage(answer: StretchAnswer): void;
};

scope.onmessage = ({ data }) => {
  foreseeStretch(data.kdf)
    .then((foreseen) => {
      scope.postMessage({ foreseen });
      return stretch(data);
    })
    .then((output) => scope.postMessage({ output }))
    .catch(() => scope.postMessage({ failed: true }));
};
