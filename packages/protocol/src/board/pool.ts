import { type RunTask, runTask, type Task, type TaskResult, weightOf } from '@elekto/custody/board';

/** What a thread says of its task: how far it is (0 to 1), what came out, or that it broke down. */
export type ThreadAnswer =
  | { readonly done: number }
  | { readonly result: TaskResult }
  | { readonly broken: string };

/** Another thread, in a browser or in Node, that works on one task at a time with `answerTask`. */
export interface Thread {
  send(task: Task): void;
  /** Called once; every answer goes there. */
  listen(hear: (answer: ThreadAnswer) => void): void;
  end(): void;
}

/** What a thread's script does with each task that it is sent. */
export function answerTask(task: Task, answer: (said: ThreadAnswer) => void): void {
  try {
    const result = runTask(task, (done) => answer({ done }));
    answer({ result });
  } catch (error) {
    answer({ broken: (error as Error).message });
  }
}

interface Job {
  readonly task: Task;
  readonly weight: number;
  done: number;
  finish(result: TaskResult): void;
  fail(error: Error): void;
}

/** Several threads that share the tasks of a verification, first come, first served. */
export interface Pool {
  readonly run: RunTask;
  /** Stops all threads; what they were at is lost. */
  end(): void;
}

/**
 * @param most how many threads there are at most; each is started when there is work for it.
 * @param onProgress told how much of all the work is done, from 0 to 1.
 */
export function makePool(most: number, start: () => Thread, onProgress: (done: number) => void): Pool {
  const waiting: Job[] = [];
  const all: Job[] = [];
  const threads: Thread[] = [];
  const idle: ((job: Job) => void)[] = [];
  const tell = (): void => {
    const total = all.reduce((sum, { weight }) => sum + weight, 0);
    const done = all.reduce((sum, job) => sum + job.weight * job.done, 0);
    onProgress(total === 0 ? 0 : done / total);
  };
  const begin = (first: Job): void => {
    const thread = start();
    threads.push(thread);
    let job: Job | undefined;
    const take = (given: Job): void => {
      job = given;
      thread.send(given.task);
    };
    thread.listen((answer) => {
      const at = job;
      if (at === undefined) return;
      at.done = 'done' in answer ? answer.done : 1;
      tell();
      if ('done' in answer) return;
      if ('result' in answer) at.finish(answer.result);
      else at.fail(new Error(answer.broken));
      job = undefined;
      const next = waiting.shift();
      if (next === undefined) idle.push(take);
      else take(next);
    });
    take(first);
  };
  const run: RunTask = (task) => {
    const { promise, resolve, reject } = Promise.withResolvers<TaskResult>();
    // Whoever stopped listening after a false line is not told of what the others came to.
    promise.catch(() => undefined);
    const job: Job = { task, weight: weightOf(task), done: 0, finish: resolve, fail: reject };
    all.push(job);
    const free = idle.shift();
    if (free !== undefined) free(job);
    else if (threads.length < most) begin(job);
    else waiting.push(job);
    return () => promise;
  };
  return {
    run,
    end: () => {
      for (const thread of threads) thread.end();
    },
  };
}
