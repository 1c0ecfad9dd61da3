/** The thread that board-arithmetic asks: one job after another. */
import { parentPort } from 'node:worker_threads';
import { createArithmetic } from './arithmetic.ts';
import type { BoardAnswer, BoardJob, Checked } from './arithmetic.ts';

export interface Asked {
  readonly id: number;
  readonly job: BoardJob;
}
export interface Answered {
  readonly id: number;
  /** Null where the arithmetic threw, with what it said. */
  readonly answer: Checked<BoardAnswer> | null;
  readonly problem: string;
}

const compute = createArithmetic();

parentPort?.on('message', ({ id, job }: Asked) => {
  let answered: Answered;
  try {
    answered = { id, answer: compute(job), problem: '' };
  } catch (error) {
    answered = { id, answer: null, problem: String(error) };
  }
  parentPort?.postMessage(answered);
});
