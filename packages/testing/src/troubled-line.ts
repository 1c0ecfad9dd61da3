import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A line to a git server that counts what is received and can be troubled. */
export interface TroubledLine {
  readonly url: string;
  /** Bytes of answers since the last `reset`. */
  received(): number;
  reset(): void;
  /** From now on, of every answer to a POST of at least `from` bytes only the first `keep` bytes arrive; null mends it. */
  cutAfter(keep: number | null, from?: number): void;
  /** From now on every request is answered with this status; null mends it. */
  answer(status: number | null): void;
  close(): void;
}

/** Listens on a free port of loopback and passes everything on to `target` (an origin). */
export async function openLine(target: string): Promise<TroubledLine> {
  let received = 0;
  let cut: { keep: number; from: number } | null = null;
  let status: number | null = null;
  const server = createServer((incoming, outgoing) => {
    if (status !== null) {
      incoming.resume();
      outgoing.writeHead(status).end();
      return;
    }
    const onward = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method ?? 'GET', headers: incoming.headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const whole = Buffer.concat(chunks);
          received += whole.length;
          const shortened = cut !== null && incoming.method === 'POST' && whole.length >= cut.from;
          outgoing.writeHead(answer.statusCode ?? 502, {
            'content-type': answer.headers['content-type'] ?? 'text/plain',
          });
          outgoing.end(shortened ? whole.subarray(0, cut?.keep) : whole);
        });
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    reset: () => void (received = 0),
    cutAfter: (keep, from = 0) => void (cut = keep === null ? null : { keep, from }),
    answer: (code) => void (status = code),
    close: () => void server.close(),
  };
}
