/** The thread of `boundedRenderer`: answers every message with HTML and raises the signal. */
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { renderMarkdown } from '@elekto/election/markdown';

const { signal, port } = workerData as { signal: Int32Array; port: MessagePort };

const say = (html: string): void => {
  port.postMessage(html);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
};

port.on('message', ({ markdown, top }: { markdown: string; top: number }) =>
  say(renderMarkdown(markdown, top, 'keep')),
);
say('ready');
