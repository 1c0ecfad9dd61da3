import { Worker } from 'node:worker_threads';
import type { Answered, Asked } from './arithmetic.worker.ts';
import type { BoardAnswer, BoardJob, Checked } from './arithmetic.ts';

/** Has a job computed; rejects only for a bug. */
export type Compute = (job: BoardJob) => Promise<Checked<BoardAnswer>>;

/** Ms without a job after which the thread ends, and with it what it remembers: 20,000 ballots take about 100 MB. */
const IDLE = 120_000;

interface Waiting {
  readonly resolve: (answer: Checked<BoardAnswer>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One thread for all boards of a process, which is there while it is needed: a mix of 20,000 ballots is checked in half a
 * minute, and whoever votes meanwhile is served as always.
 */
function createComputer(): Compute {
  let worker: Worker | null = null;
  let asked = 0;
  const waiting = new Map<number, Waiting>();
  let idle: NodeJS.Timeout | undefined;

  function fail(of: Worker, error: Error): void {
    if (worker !== of) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function answered(of: Worker, { id, answer, problem }: Answered): void {
    const known = waiting.get(id);
    waiting.delete(id);
    if (answer === null) known?.reject(new Error(problem));
    else known?.resolve(answer);
    if (waiting.size > 0) return;
    // Nothing is waited for: the process may end.
    of.unref();
    idle = setTimeout(() => {
      worker = null;
      void of.terminate();
    }, IDLE).unref();
  }

  function start(): Worker {
    const made = new Worker(new URL('./arithmetic.worker.ts', import.meta.url));
    made.on('message', (said: Answered) => answered(made, said));
    made.on('error', (error) => fail(made, error instanceof Error ? error : new Error(String(error))));
    made.on('exit', () => fail(made, new Error('the thread that computes boards has ended')));
    return made;
  }

  return (job) => {
    clearTimeout(idle);
    const of = (worker ??= start());
    of.ref();
    asked += 1;
    const question: Asked = { id: asked, job };
    return new Promise((resolve, reject) => {
      waiting.set(question.id, { resolve, reject });
      of.postMessage(question);
    });
  };
}

/** The thread of this process. */
export const computeAway: Compute = createComputer();
