import { vi } from 'vitest';

/** Of the page's worker, which is read once a process. */
const scope = {} as { postMessage(said: unknown): void; onmessage(event: unknown): void };

/** The page's worker, in this process: its own script hears what is sent, as a structured copy. */
class WorkerHere {
  onmessage: (event: { readonly data: unknown }) => void = () => undefined;
  onerror: (event: { readonly message: string }) => void = () => undefined;
  postMessage(task: unknown): void {
    scope.postMessage = (said) => this.onmessage({ data: structuredClone(said) });
    scope.onmessage({ data: structuredClone(task) });
  }
  terminate(): void {
    this.onmessage = () => undefined;
  }
}

/** Until `vi.unstubAllGlobals`, what a page gives its workers to do is done here. */
export async function workHere(): Promise<void> {
  vi.stubGlobal('self', scope);
  vi.stubGlobal('Worker', WorkerHere);
  await import('../../site/src/islands/shared/task.worker.ts');
}
