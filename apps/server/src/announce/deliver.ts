/** One delivery to one hook. Nothing of its answer but the status is looked at, and no redirection is followed. */
import { lookup as resolveName } from 'node:dns';
import { request as askPlain } from 'node:http';
import { request as askSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

import { isLoopback } from '../config/checks.ts';

/** `never`: the hook says that it takes this from nobody, now or later. */
export type Delivered = { readonly outcome: 'done' | 'later' | 'never'; readonly why: string };

const PATIENCE = 10_000;
/** The status of a hook that is busy or broken, not of one that is gone. */
const BUSY = new Set([408, 425, 429]);

/** This machine, and addresses that only this machine's network answers for, such as a cloud's metadata. */
const NOWHERE = new BlockList();
NOWHERE.addSubnet('0.0.0.0', 8, 'ipv4');
NOWHERE.addSubnet('127.0.0.0', 8, 'ipv4');
NOWHERE.addSubnet('169.254.0.0', 16, 'ipv4');
NOWHERE.addAddress('::', 'ipv6');
NOWHERE.addAddress('::1', 'ipv6');
NOWHERE.addSubnet('fe80::', 10, 'ipv6');

/** Whether an address is one that a hook may not be at. An IPv4 address in IPv6's clothes is looked at as what it is. */
export function isBarred(address: string): boolean {
  const kind = isIP(address);
  return kind === 0 || NOWHERE.check(address, kind === 4 ? 'ipv4' : 'ipv6');
}

/** Resolves as the system does, and fails for names that lead to a barred address, whoever answers for them. */
export const resolveOutside: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, addresses) => {
    const barred = error === null && addresses.some(({ address }) => isBarred(address));
    if (error !== null || barred || addresses[0] === undefined)
      done(error ?? Object.assign(new Error('barred address'), { code: 'EBARRED' }), []);
    else if (options.all === true) done(null, addresses);
    else done(null, addresses[0].address, addresses[0].family);
  });
};

/** Sends `body`. Never rejects. `loopback`: this machine may be written to. */
export function deliver(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  loopback: boolean,
): Promise<Delivered> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const here = isLoopback(host) && loopback;
  if (!here && (target.protocol !== 'https:' || (isIP(host) !== 0 && isBarred(host))))
    return Promise.resolve({ outcome: 'never', why: 'EBARRED' });
  const ask = target.protocol === 'https:' ? askSecure : askPlain;
  return new Promise((resolve) => {
    const request = ask(
      target,
      {
        method: 'POST',
        // A connection of its own, closed after it: nothing is kept for a hook that is told of an election a week.
        agent: false,
        ...(here ? {} : { lookup: resolveOutside }),
        signal: AbortSignal.timeout(PATIENCE),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'elekto',
        },
      },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.destroy();
        resolve({ outcome: outcomeOf(status), why: `HTTP ${status}` });
      },
    );
    request.on('error', (error) =>
      resolve({ outcome: 'later', why: (error as NodeJS.ErrnoException).code ?? error.name }),
    );
    request.end(body);
  });
}

function outcomeOf(status: number): Delivered['outcome'] {
  if (status >= 200 && status < 300) return 'done';
  return status >= 500 || BUSY.has(status) ? 'later' : 'never';
}
