import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Linux's place for files in memory. */
const SHM = '/dev/shm';
/** What has to be free there, bytes: a container's own is often of 64 MB. */
const ROOM = 2 ** 30;

/**
 * Where a test puts files that it removes again: in memory where the system has a place with room for it, else where
 * temporary files are. How a disk is waited for is the matter of the suites that ask for it (`durable`, the fault suites).
 */
export function memoryPlace(): string {
  try {
    accessSync(SHM, constants.W_OK);
    const { bavail, bsize } = statfsSync(SHM);
    return bavail * bsize >= ROOM ? SHM : tmpdir();
  } catch {
    return tmpdir();
  }
}
