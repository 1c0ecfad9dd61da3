/** The entry of a production server: `node apps/server/src/main.ts`, configured by the environment. */
import { startServer } from './start.ts';

try {
  const server = await startServer(process.env);
  const stop = (): void => void server.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message.replace(/^/gm, 'elekto: ') : String(error)}\n`,
  );
  process.exit(1);
}
