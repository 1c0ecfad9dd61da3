/**
 * Brings to the machine what the tests need of it, while `npm test` looks at the code: Chromium, then MariaDB.
 * Where either cannot be had, the tests that ask for it say so.
 */
import { installMariaDb } from '@elekto/testing/mariadb';
import { ensureChromium } from './chromium.ts';

try {
  ensureChromium();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
installMariaDb();
