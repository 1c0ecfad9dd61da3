import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Custody, type Election, readBoard } from '@elekto/election';
import type { BoardSource } from '../board/board-source.ts';
import type { Ceremony, MadeUp, OfficersWork } from './officers-work.ts';
import type { OfficersAnswered, OfficersAsked } from './officers.worker.ts';

/** A ceremony takes the square of it in work, and shows with seven officers what it shows with more. */
const MOST = 7;
const LEAST = 3;

/** The officers of one rehearsal: as many as the election has, by their logins, with keys that they throw away. */
export interface PassingOfficers extends Pick<OfficersWork, 'count' | 'verify'> {
  /** The election's custody by their key. */
  readonly custody: Custody;
  readonly ready: Ceremony['ready'];
  readonly transcript: string;
  /** What the branch says once a box stands on it; in a rehearsal it is inspected at once. */
  source(boxes: BoardSource['boxes']): BoardSource;
  /** Ends their thread, and their keys with it. */
  leave(): Promise<void>;
}

type Held = Pick<Election, 'key' | 'closesAt' | 'officers'> & { readonly custody: Custody };

/** @param election its officers count, by the board that it has or, before its ceremony, by the numbers that a new one proposes. */
export async function passingOfficers(election: Held): Promise<PassingOfficers> {
  const worker = new Worker(new URL('./officers.worker.ts', import.meta.url));
  const ask = async (what: keyof OfficersWork, input: unknown): Promise<never> => {
    const answered = once(worker, 'message') as Promise<[OfficersAnswered]>;
    worker.postMessage({ what, input } satisfies OfficersAsked);
    const [said] = await answered;
    if ('problem' in said) throw new Error(said.problem);
    return said.value as never;
  };
  const leave = async (): Promise<void> => void (await worker.terminate());
  try {
    const { transcript, ready }: Ceremony = await ask('ceremony', madeUpFor(election));
    const { file } = election.custody;
    const kept = readBoard(file, { path: file, text: transcript });
    const custody = { file, board: kept.board };
    return {
      ...{ custody, ready, transcript, leave },
      source: (boxes) => ({ custody: { boards: new Map([[file, kept]]) }, boxes, inspection: 0 }),
      count: (closed) => ask('count', closed),
      verify: (input) => ask('verify', input),
    };
  } catch (error) {
    await leave();
    throw error;
  }
}

function madeUpFor({ key, closesAt, officers, custody: { board } }: Held): MadeUp {
  const until = new Date(closesAt).toISOString().slice(0, 10);
  if (board !== null && board.officers.length <= MOST)
    return {
      ...{ logins: board.officers.map(({ login }) => login), threshold: board.threshold },
      ...{ until, election: key },
    };
  const named = (board?.officers.map(({ login }) => login) ?? officers).slice(0, MOST);
  const more = Array.from(
    { length: Math.max(0, LEAST - named.length) },
    (_, i) => `made-up-officer-${i + 1}`,
  );
  const logins = [...named, ...more];
  return { logins, threshold: Math.floor(logins.length / 2) + 1, until, election: key };
}
