/** Rendering Markdown in a thread that is ended when it takes too long: one text must not hold back everybody's pages. */
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { asWritten } from '@elekto/election/markdown';

export interface Rendered {
  readonly html: string;
  /** False when the time ran out and the text is shown as written; another build may have more luck. */
  readonly inTime: boolean;
}

export interface BoundedRenderer {
  /** Begins a build: what was late in those before shortens nobody's time any longer. */
  begin(): void;
  /** Blocks until the text is rendered or its time is over. */
  render(markdown: string, top: number): Rendered;
  /** Texts whose time ran out. */
  readonly late: number;
  close(): Promise<void>;
}

export interface Patience {
  /** For one text; the dearest within `MARKDOWN_LIMITS` takes half a second of an idle processor. */
  readonly textMs: number;
  /** For a thread to start. */
  readonly startMs: number;
}

/** So many late texts a build are an accident; from then on each gets a tenth of the time. */
const LATE_AT_FULL_PATIENCE = 3;
const PATIENCE: Patience = { textMs: 10_000, startMs: 60_000 };

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array;
}

export function boundedRenderer(
  patience: Patience = PATIENCE,
  script: URL = new URL('./render-thread.ts', import.meta.url),
): BoundedRenderer {
  let thread: Thread | null = null;
  let late = 0;
  let lateBefore = 0;
  const ended: Promise<unknown>[] = [];

  const end = ({ worker, port }: Thread): void => {
    port.close();
    ended.push(worker.terminate());
    thread = null;
  };
  return {
    begin: () => void (lateBefore = late),
    get late() {
      return late;
    },
    render(markdown, top) {
      thread ??= start(script, patience.startMs);
      const current = thread;
      Atomics.store(current.signal, 0, 0);
      current.port.postMessage({ markdown, top });
      const wait = late - lateBefore < LATE_AT_FULL_PATIENCE ? patience.textMs : patience.textMs / 10;
      const html = answer(current, wait);
      if (html !== null) return { html, inTime: true };
      late += 1;
      end(current);
      return { html: asWritten(markdown), inTime: false };
    },
    async close() {
      if (thread) end(thread);
      await Promise.all(ended);
    },
  };
}

/** @throws when the thread does not come up: then nothing can be rendered at all. */
function start(script: URL, startMs: number): Thread {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(script, {
    workerData: { signal, port: port2 },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // A thread that runs out of memory is a text whose time runs out.
  worker.on('error', () => undefined);
  worker.unref();
  const thread = { worker, port: port1, signal };
  if (answer(thread, startMs) === null) throw new Error('The thread that renders Markdown did not start.');
  return thread;
}

/** What the thread says within the time; null when it says nothing. */
function answer({ port, signal }: Thread, ms: number): string | null {
  if (Atomics.wait(signal, 0, 0, ms) === 'timed-out') return null;
  const received: { readonly message: string } | undefined = receiveMessageOnPort(port);
  return received?.message ?? null;
}
