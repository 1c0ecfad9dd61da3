import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** What happens to the bytes on their way back from the server. */
export interface Disturbance {
  /** Each piece arrives so many ms late. */
  readonly lateMs?: number;
  /** Each piece arrives as other bytes. */
  readonly noise?: boolean;
}

/** A line to a server through which bytes can stop flowing without anything being closed. */
export interface TcpLine {
  readonly port: number;
  /**
   * What is connected now carries nothing any more, in neither direction, and stays open: as behind a NAT or a failover
   * that forgot it. With `newOnes`, connections that are accepted from now on are as silent.
   */
  freeze(newOnes?: boolean): void;
  /** What is connected now breaks; with `newOnes`, so does whoever connects from now on. */
  cut(newOnes?: boolean): void;
  /** From now on, for what is connected and what will be. */
  disturb(how: Disturbance): void;
  /** Connections that are accepted from now on work, and nothing is disturbed; those that were frozen stay so. */
  mend(): void;
  /** Connections accepted so far. */
  accepted(): number;
  close(): void;
}

/** Listens on a free port of loopback and passes everything on to `port`. */
export async function openTcpLine(port: number): Promise<TcpLine> {
  const open = new Set<Socket>();
  let newOnes: 'work' | 'silent' | 'cut' = 'work';
  let disturbed: Disturbance = {};
  let accepted = 0;
  const server = createServer((near) => {
    accepted += 1;
    near.on('error', () => undefined).on('close', () => open.delete(near));
    if (newOnes === 'cut') return void near.destroy();
    open.add(near);
    if (newOnes === 'silent') return;
    const far = connect(port, '127.0.0.1');
    open.add(far);
    far.on('error', () => near.destroy()).on('close', () => open.delete(far));
    near.on('close', () => far.destroy());
    near.pipe(far);
    far.pipe(disturbance(() => disturbed)).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    freeze(alsoNew = false) {
      newOnes = alsoNew ? 'silent' : 'work';
      for (const socket of open) socket.unpipe().pause();
    },
    cut(alsoNew = false) {
      newOnes = alsoNew ? 'cut' : 'work';
      for (const socket of open) socket.destroy();
    },
    disturb: (how) => void (disturbed = how),
    mend() {
      newOnes = 'work';
      disturbed = {};
    },
    accepted: () => accepted,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

function disturbance(how: () => Disturbance): Transform {
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      const { lateMs = 0, noise = false } = how();
      const passed = noise ? Buffer.from(piece.map((byte) => byte ^ 0x5a)) : piece;
      if (lateMs === 0) done(null, passed);
      else setTimeout(() => done(null, passed), lateMs);
    },
  });
}
