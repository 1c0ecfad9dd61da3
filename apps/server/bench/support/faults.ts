/** What can go wrong around a server, to be begun and ended at any moment: the matrix of docs/operators-faults.md. */
import type { TcpLine } from '@elekto/testing';
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ServerProcess } from '../../tests/support/process.ts';
import type { DatabaseServer } from './place.ts';

export interface Fault {
  /** What it happens to; two faults at once are of two of these. */
  readonly what: 'server' | 'database' | 'git host' | 'secrets' | 'disk' | 'collector';
  readonly how: string;
  begin(): Promise<unknown> | void;
  end(): Promise<unknown> | void;
}

/** A collector of telemetry that takes everything, nothing, or never answers. */
export interface Collector {
  readonly url: string;
  mode: 'takes' | 'refuses' | 'silent';
  close(): void;
}

export async function startCollector(): Promise<Collector> {
  const collector = { url: '', mode: 'takes' as Collector['mode'], close: () => undefined as void };
  const server: Server = createServer((req, res) => {
    req.resume();
    if (collector.mode === 'silent') return;
    req.on('end', () => res.writeHead(collector.mode === 'takes' ? 200 : 500).end('{}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  collector.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return collector;
}

export interface Surroundings {
  readonly git: TcpLine;
  /** Null with SQLite. */
  readonly line: TcpLine | null;
  readonly database: DatabaseServer | null;
  readonly collector: Collector;
  readonly secrets: string;
  server(): ServerProcess;
  /** Ends it; whoever minds the server starts it again. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<unknown>;
}

/** Every fault that these surroundings can have. */
export function faultsOf(around: Surroundings): readonly Fault[] {
  const { git, line, database, collector, secrets } = around;
  const nothing = (): void => undefined;
  return [
    { what: 'server', how: 'is killed', begin: () => around.stop('SIGKILL'), end: nothing },
    { what: 'server', how: 'is stopped', begin: () => around.stop('SIGTERM'), end: nothing },
    {
      what: 'server',
      how: 'stands still',
      begin: () => void around.server().child.kill('SIGSTOP'),
      end: () => void around.server().child.kill('SIGCONT'),
    },
    ...faultsOfLine('git host', git),
    {
      what: 'secrets',
      how: 'go away',
      begin: () => renameSync(secrets, `${secrets}-away`),
      end: () => renameSync(`${secrets}-away`, secrets),
    },
    {
      what: 'collector',
      how: 'refuses',
      begin: () => void (collector.mode = 'refuses'),
      end: () => void (collector.mode = 'takes'),
    },
    {
      what: 'collector',
      how: 'never answers',
      begin: () => void (collector.mode = 'silent'),
      end: () => void (collector.mode = 'takes'),
    },
    ...(line !== null && database !== null
      ? [...faultsOfLine('database', line), ...faultsOfServer(database)]
      : [
          {
            what: 'disk' as const,
            how: 'is full',
            begin: () => limitFiles(around.server().pid, 4096),
            end: () => limitFiles(around.server().pid, 'unlimited'),
          },
        ]),
  ];
}

function faultsOfLine(what: Fault['what'], line: TcpLine): readonly Fault[] {
  const end = (): void => line.mend();
  return [
    { what, how: 'refuses at once', begin: () => line.cut(true), end },
    { what, how: 'breaks off once', begin: () => line.cut(), end },
    { what, how: 'freezes what is connected', begin: () => line.freeze(), end },
    { what, how: 'accepts and never answers', begin: () => line.freeze(true), end },
    { what, how: 'is slow', begin: () => line.disturb({ lateMs: 300 }), end },
    { what, how: 'answers noise', begin: () => line.disturb({ noise: true }), end },
  ];
}

function faultsOfServer(database: DatabaseServer): readonly Fault[] {
  return [
    { what: 'database', how: 'crashes', begin: () => database.stop('crash'), end: () => database.start() },
    { what: 'database', how: 'stops', begin: () => database.stop('fast'), end: () => database.start() },
  ];
}

/** No file of the process can be written beyond so many bytes: what a full disk does to it. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
}
