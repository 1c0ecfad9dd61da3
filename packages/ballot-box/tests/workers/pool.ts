import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Election } from '@elekto/election';
import type { Person } from '@elekto/ballot-box';
import type { SealedCast } from '@elekto/protocol/ballot';

export interface Job {
  readonly person: Person;
  readonly cast: SealedCast;
}

/** A server process of its own over the same database and secrets. */
export interface Worker {
  readonly process: ChildProcess;
  /** Casts all jobs at once; `accepted` or the kind of the refusal or fault, in the jobs' order. */
  run(jobs: readonly Job[]): Promise<string[]>;
  /** Casts one after the other, telling `done` each acknowledged index; never resolves when the process dies. */
  stream(jobs: readonly Job[], done: (index: number, answer: string) => void): void;
  end(): Promise<void>;
}

const SCRIPT = fileURLToPath(new URL('./cast-worker.ts', import.meta.url));

/** Starts server processes that cast, each with its own connections and its own view of the keys. */
export async function startWorkers(
  count: number,
  place: { readonly url: string; readonly dir: string; readonly clock: { readonly now: number } },
  election: Election,
): Promise<Worker[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const child = fork(SCRIPT, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      child.send({ url: place.url, secrets: join(place.dir, 'secrets'), now: place.clock.now, election });
      await once(child, 'message');
      return {
        process: child,
        async run(jobs) {
          child.send({ jobs, how: 'at-once' });
          const [answers] = (await once(child, 'message')) as [string[]];
          return answers;
        },
        stream(jobs, done) {
          child.on('message', ({ index, answer }: { index: number; answer: string }) => done(index, answer));
          child.send({ jobs, how: 'one-by-one' });
        },
        async end() {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.disconnect();
          await gone;
        },
      } satisfies Worker;
    }),
  );
}
