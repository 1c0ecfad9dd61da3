import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

export interface Stop {
  /** Ms that open requests get to finish; 0 cuts everything off. */
  readonly drain: number;
  /** Ms that a connection without a request stays open after its last one. */
  readonly quiet: number;
}

/**
 * Makes a server that can be stopped without cutting a request off; the function returned stops it, resolves when its
 * last connection is gone, and may be followed by another `listen`.
 *
 * A proxy that keeps its connections is told with each further answer that this was the last one on it. One on which
 * nothing comes is closed when it has been quiet for `quiet` ms, not at once: a request that is on its way just then
 * would be lost, and a proxy does not send a vote twice.
 */
export function closable(server: Server): (stop: Stop) => Promise<void> {
  /** When each connection was last of use; null while a request is open on it. */
  const used = new Map<Socket, number | null>();
  server.on('connection', (socket: Socket) => {
    used.set(socket, performance.now());
    socket.once('close', () => used.delete(socket));
  });
  server.on('request', ({ socket }: { socket: Socket }, res: ServerResponse) => {
    used.set(socket, null);
    res.once('close', () => used.has(socket) && used.set(socket, performance.now()));
  });
  return ({ drain, quiet }) =>
    new Promise((resolve) => {
      const lastAnswer = (_req: unknown, res: ServerResponse): void => void (res.shouldKeepAlive = false);
      server.prependListener('request', lastAnswer);
      const closeQuiet = (): void => {
        const before = performance.now() - quiet;
        for (const [socket, last] of used) if (last !== null && last <= before) socket.destroy();
      };
      const quietly = setInterval(closeQuiet, 50);
      const timer = setTimeout(() => server.closeAllConnections(), drain);
      // HTTP's own `close` would close every connection on which no request is open at this moment.
      NetServer.prototype.close.call(server, () => {
        clearInterval(quietly);
        clearTimeout(timer);
        server.off('request', lastAnswer);
        resolve();
      });
      closeQuiet();
    });
}
