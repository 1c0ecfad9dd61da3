/** The entry of a production server: `node apps/server/src/main.ts`, configured by the environment. */
import { readConfig } from './config/config.ts';
import { runDoctor } from './doctor/doctor.ts';
import { createLog } from './log.ts';
import { startServer } from './start.ts';
import { endWhenStandingStill } from './watch/standstill.ts';

/** Ms: each step of a stop has a limit of its own, and they end before this. */
const LONGEST_STOP = 15_000;

try {
  if (process.argv.includes('--check')) {
    for (const note of readConfig(process.env).notes) process.stdout.write(`elekto: ${note}\n`);
    process.stdout.write('elekto: the settings are complete.\n');
  } else if (process.argv.includes('--doctor')) {
    const write = (line: string): void => void process.stdout.write(`${line}\n`);
    process.exitCode = await runDoctor(process.env, createLog('silent'), write);
  } else {
    endWhenStandingStill();
    const server = await startServer(process.env);
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
