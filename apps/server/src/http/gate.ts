/**
 * Lets requests of one address in at a steady pace, whatever they ask for. Whoever asks faster waits: answers that
 * come later keep a reader with hundreds of connections from taking the processor from those who vote, and a crowd
 * behind one address is slowed a little and not refused.
 */
import type { Request, RequestHandler } from 'express';

import { addressOf } from './request-context.ts';

export interface Pace {
  /** Requests a second, in the long run. */
  readonly rate: number;
  /** So many more may come at once. */
  readonly burst: number;
}

/** A page with its files is twenty requests of a tenth each; a team of a thousand opens it within seconds. */
export const DEFAULT_PACE: Pace = { rate: 100, burst: 1000 };

/** Files of the site, which cost least. */
const FILE_COST = 0.1;
/** Ms. Who would have to wait longer is refused. */
const LONGEST_WAIT = 10_000;
/** More addresses than this are never remembered. */
const MOST_ADDRESSES = 50_000;

interface Account {
  /** Below zero: what has been promised to those who wait. */
  left: number;
  at: number;
}

const costOf = ({ method, path }: Request): number =>
  method === 'GET' && !/^\/(?:trpc|auth|oauth|status|readyz|metrics|v1)\b/.test(path) ? FILE_COST : 1;

export interface Gate {
  readonly handler: RequestHandler;
  /** Whether a file of the site may be sent to this address without waiting; it is charged when so. */
  readonly admitsFile: (address: string) => boolean;
}

/** `pace` null: everybody is let in at once. */
export function createGate(pace: Pace | null, clock: () => number = () => performance.now()): Gate {
  const accounts = new Map<string, Account>();

  /** Ms to wait, or null when it would be longer than `longest`; then nothing is charged. */
  function charge(
    { rate, burst }: Pace,
    address: string,
    cost: number,
    longest = LONGEST_WAIT,
  ): number | null {
    const now = clock();
    const known = accounts.get(address) ?? { left: burst, at: now };
    const left = Math.min(burst, known.left + ((now - known.at) * rate) / 1000) - cost;
    const wait = left >= 0 ? 0 : (-left / rate) * 1000;
    if (wait > longest) return null;
    accounts.delete(address);
    accounts.set(address, { left, at: now });
    const [oldest] = accounts.keys();
    if (accounts.size > MOST_ADDRESSES && oldest !== undefined) accounts.delete(oldest);
    return wait;
  }

  const handler: RequestHandler = (req, res, next) => {
    const wait = pace === null ? 0 : charge(pace, addressOf(req), costOf(req));
    if (wait === null) {
      res.setHeader('Retry-After', Math.ceil(LONGEST_WAIT / 1000));
      res.setHeader('Connection', 'close');
      res
        .status(429)
        .json({ error: { kind: 'too-many-requests', message: 'Too many requests. Wait a moment.' } });
    } else if (wait === 0) next();
    else {
      const timer = setTimeout(next, wait);
      res.once('close', () => clearTimeout(timer));
    }
  };
  return { handler, admitsFile: (address) => pace === null || charge(pace, address, FILE_COST, 0) !== null };
}
