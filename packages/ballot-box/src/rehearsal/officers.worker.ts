/** The thread of a rehearsal's officers: nobody who votes meanwhile waits for them, and their keys end with it. */
import { parentPort } from 'node:worker_threads';
import { createOfficersWork } from './officers-work.ts';
import type { OfficersWork } from './officers-work.ts';

export interface OfficersAsked {
  readonly what: keyof OfficersWork;
  readonly input: unknown;
}
export type OfficersAnswered = { readonly value: unknown } | { readonly problem: string };

const work = createOfficersWork();

parentPort?.on('message', ({ what, input }: OfficersAsked) => {
  const asked = work[what] as (given: unknown) => Promise<unknown>;
  const answer = (said: OfficersAnswered): void => parentPort?.postMessage(said);
  void asked(input).then(
    (value) => answer({ value }),
    (error: unknown) => answer({ problem: String(error) }),
  );
});
