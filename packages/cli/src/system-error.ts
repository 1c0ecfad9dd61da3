/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { CliError } from './cli-error.ts';

/** What the system refused, with its code: a file that is not there, a full disk, a server that does not answer. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && 'syscall' in error
  );
}

/** A file or folder that cannot be used is no bug, whichever command was told of it; null for every other error. */
export function ofFiles(error: unknown): CliError | null {
  if (!isSystemError(error) || typeof error.path !== 'string') return null;
  const path = error.path === '' ? 'A path without a name' : error.path;
  return new CliError(`${path} cannot be used (${error.message.replace(/,.*$/, '')}).`);
}
