/** A proxy that sends each request to the next of several servers: no request may need the server of the one before. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RoundRobin {
  readonly url: string;
  /** The ports that requests go to; may be changed at any time. */
  ports: number[];
  close(): Promise<void>;
}

export async function roundRobin(): Promise<RoundRobin> {
  let turn = 0;
  const proxy = { url: '', ports: [] as number[], close: () => Promise.resolve() };
  const server: Server = createServer((req, res) => {
    const port = proxy.ports[(turn += 1) % proxy.ports.length];
    const headers = { ...req.headers, 'x-forwarded-for': req.socket.remoteAddress ?? '' };
    const onward = request(
      { port, host: '127.0.0.1', path: req.url, method: req.method, headers },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      },
    );
    onward.on('error', () => res.writeHead(502).end());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  proxy.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return proxy;
}
