/** The server's program: `apps/server/main.mjs` loads it, from one piece where it can. Configured by the environment. */
import { databaseKind } from '@elekto/db';
import { collectAside } from './collect-aside.ts';
import { readConfig } from './config/config.ts';
import { runDoctor } from './doctor/doctor.ts';
import { lineOf } from './doctor/finding.ts';
import { repositoryFinding } from './doctor/outside.ts';
import { createLog } from './log.ts';
import { startServer } from './start.ts';
import { endWhenStandingStill } from './watch/standstill.ts';

/** Ms: each step of a stop has a limit of its own, and they end before this. */
const LONGEST_STOP = 15_000;
/** Ms that `--check` waits for the repository: an upgrade asks it while the server is stopped, and goes on whatever it says. */
const REPOSITORY_PATIENCE = 5000;

try {
  if (process.argv.includes('--check')) {
    const { config, notes } = readConfig(process.env);
    for (const note of notes) process.stdout.write(`elekto: ${note}\n`);
    process.stdout.write('elekto: the settings are complete.\n');
    // Not an error: a server that has read it before starts from its own copy, and an upgrade goes on.
    const repository = await repositoryFinding(config, REPOSITORY_PATIENCE);
    process.stdout.write(`elekto: ${lineOf(repository).trimEnd()}\n`);
    if (repository.kind === 'wrong')
      process.stdout.write('elekto: a server that has no copy of it yet does not start like this.\n');
    process.stdout.write('elekto: all else (database, keys, proxy, ...) is looked at by elekto doctor.\n');
    // A name that is still being looked up would hold the process.
    process.exit(0);
  } else if (process.argv.includes('--doctor')) {
    const write = (line: string): void => void process.stdout.write(`${line}\n`);
    process.exitCode = await runDoctor(process.env, createLog('silent'), write);
  } else {
    endWhenStandingStill();
    const server = await startServer(process.env);
    // SQLite is this very process: nobody else is waited for, and garbage that is collected later is memory.
    if (databaseKind(server.config.databaseUrl) !== 'sqlite') collectAside();
    const stop = (): void => {
      setTimeout(() => process.exit(1), LONGEST_STOP).unref();
      void server.close().then(() => process.exit(0));
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  }
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message.replace(/^/gm, 'elekto: ') : String(error)}\n`,
  );
  process.exit(1);
}
