import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

import { stampOf } from '@elekto/backup';

import { CliError } from '../cli-error.ts';

/**
 * The file to write: the one named, or one named by the time in the directory named, which is made.
 * @throws CliError when it exists.
 */
export function targetFile(target: string, ending: string, now: Date): string {
  const isFolder = target.endsWith(sep) || (existsSync(target) && statSync(target).isDirectory());
  const file = isFolder ? join(target, `elekto-${stampOf(now.getTime())}.${ending}`) : target;
  if (existsSync(file)) throw new CliError(`${file} exists and is not overwritten`);
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError(`${folder} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  return resolve(file);
}
