/**
 * A proxy before a server that lets requests through until one of a kind is to be held: what is held `before` never reaches the
 * server; what is held `after` has been answered, and nobody is told.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gate {
  readonly url: string;
  /** Holds the request of this number (from 1) to a path with this in it; resolves as it has arrived, to what breaks it off. */
  hold(path: string, number: number, when?: 'before' | 'after'): Promise<() => void>;
  close(): Promise<void>;
}

/** @param server where requests go, asked anew for each of them. */
export async function openGate(server: () => string): Promise<Gate> {
  interface Held {
    readonly path: string;
    readonly when: 'before' | 'after';
    left: number;
    arrived(breakOff: () => void): void;
  }
  let held: Held | null = null;

  const isHeld = ({ url = '' }: IncomingMessage): boolean => {
    if (held === null || !url.includes(held.path)) return false;
    held.left -= 1;
    return held.left === 0;
  };
  const pass = (
    req: IncomingMessage,
    res: ServerResponse,
    answered?: (answer: IncomingMessage) => void,
  ): void => {
    const onward = request(
      new URL(req.url ?? '/', server()),
      { method: req.method, headers: req.headers },
      (answer) => {
        if (answered !== undefined) return answered(answer);
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      },
    );
    onward.on('error', () => res.writeHead(502).end());
    req.pipe(onward);
  };
  const proxy = createServer((req, res) => {
    if (held === null || !isHeld(req)) return pass(req, res);
    const { when, arrived } = held;
    held = null;
    const breakOff = (): void => void req.socket.destroy();
    if (when === 'before') return arrived(breakOff);
    pass(req, res, (answer) => {
      answer.resume();
      answer.once('end', () => arrived(breakOff));
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    hold: (path, number, when = 'before') =>
      new Promise((arrived) => {
        held = { path, when, left: number, arrived };
      }),
    close: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}
