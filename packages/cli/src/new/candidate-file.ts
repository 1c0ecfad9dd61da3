import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scalar, stringify } from 'yaml';
import { CliError } from '../cli-error.ts';
import { template } from './election-files.ts';

/** Writes candidate-<id>.md of an election from its template, with ID and name filled in; its path. */
export async function newCandidate(folder: string, id: string, name: string): Promise<string> {
  const text = await readFile(join(folder, 'candidate-template.md'), 'utf8').catch(() => template());
  const path = join(folder, `candidate-${id}.md`);
  const quoted = (value: string): string => {
    const scalar = new Scalar(value);
    if (/^(?:[\d_]+|null|true|false|yes|no|on|off|y|n)$/i.test(value)) scalar.type = 'QUOTE_SINGLE';
    return stringify(scalar, { lineWidth: 0 }).trim();
  };
  const filled = text
    .replace(/^name:.*$/im, () => `name: ${quoted(name)}`)
    .replace(/^ID:.*$/m, () => `ID: ${quoted(id)}`)
    .replace(/^<!-- Copy this file.*-->\r?\n\r?\n?/m, '');
  await writeFile(path, filled, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CliError(`${path} is there already.`);
    if (error.code === 'ENOENT')
      throw new CliError(`There is no folder ${folder}: "elekto new election" makes one.`);
    throw error;
  });
  return path;
}
