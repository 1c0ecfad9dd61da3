/**
 * Keeps one database server running for all files of a test run, and goes with the run.
 * Arguments: the run's process id, the file to write the port to, which server.
 */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificates } from './certificates.ts';
import { createMariaDb } from './mariadb-server.ts';
import { createPostgres } from './postgres-cluster.ts';

const [pid = '', file = '', kind = ''] = process.argv.slice(2);

function alive(): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

try {
  // Both run as Debian's `nobody` where we are root.
  const certificates = makeCertificates(process.getuid?.() === 0 ? 65_534 : undefined);
  const options = { durable: false, ...(certificates !== null && { certificates }) };
  const cluster = await (kind === 'mariadb' ? createMariaDb(options) : createPostgres(options));
  writeFileSync(`${file}.new`, JSON.stringify({ port: cluster.port, ca: certificates?.ca }));
  renameSync(`${file}.new`, file);
  while (alive()) await sleep(300);
  await cluster.remove();
  certificates?.remove();
} catch (error) {
  writeFileSync(file, JSON.stringify({ error: String(error) }));
  while (alive()) await sleep(300);
}
rmSync(file, { force: true });
rmSync(`${file}.lock`, { recursive: true, force: true });
process.exit(0);
