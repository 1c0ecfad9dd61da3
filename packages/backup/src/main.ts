/** A process that makes one backup, told on standard input, so that a server does not stand still meanwhile. */
import { text } from 'node:stream/consumers';

import { BackupError } from './backup-error.ts';
import { makeBackup, type Job } from './make.ts';

process.umask(0o077);
try {
  await makeBackup(JSON.parse(await text(process.stdin)) as Job);
} catch (error) {
  // The line is read by the process that asked.
  process.stdout.write(error instanceof BackupError ? error.message : 'the backup failed unexpectedly');
  process.exitCode = 1;
}
