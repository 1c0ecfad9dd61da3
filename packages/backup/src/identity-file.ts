import { readFileSync } from 'node:fs';

import { BackupError, codeOf } from './backup-error.ts';

/** The identities in a file as `age-keygen` writes it: a line each, after remarks. @throws BackupError */
export function readIdentities(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new BackupError(`${file}: cannot be read (${codeOf(error)})`);
  }
  const lines = text.split('\n').map((line) => line.trim());
  const identities = lines.filter((line) => /^AGE-SECRET-KEY-(PQ-)?1[0-9A-Z]+$/.test(line));
  if (identities.length === 0) throw new BackupError(`${file}: there is no AGE-SECRET-KEY in it`);
  return identities;
}
