import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server through which bytes can stop flowing without anything being closed. */
export interface TcpLine {
  readonly port: number;
  /**
   * What is connected now carries nothing any more, in neither direction, and stays open: as behind a NAT or a failover
   * that forgot it. With `newOnes`, connections that are accepted from now on are as silent.
   */
  freeze(newOnes?: boolean): void;
  /** Connections that are accepted from now on work; those that were frozen stay so. */
  mend(): void;
  /** Connections accepted so far. */
  accepted(): number;
  close(): void;
}

/** Listens on a free port of loopback and passes everything on to `port`. */
export async function openTcpLine(port: number): Promise<TcpLine> {
  const open = new Set<Socket>();
  let silent = false;
  let accepted = 0;
  const server = createServer((near) => {
    accepted += 1;
    open.add(near);
    near.on('error', () => undefined).on('close', () => open.delete(near));
    if (silent) return;
    const far = connect(port, '127.0.0.1');
    open.add(far);
    far.on('error', () => near.destroy()).on('close', () => open.delete(far));
    near.on('close', () => far.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze(newOnes = false) {
      silent = newOnes;
      for (const socket of open) socket.unpipe().pause();
    },
    mend: () => void (silent = false),
    accepted: () => accepted,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
