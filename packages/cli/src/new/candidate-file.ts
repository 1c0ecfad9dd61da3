import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { yamlText } from '@elekto/election';
import { CliError } from '../cli-error.ts';
import { template } from './election-files.ts';

/** Writes candidate-<id>.md of an election from its template, with ID and name filled in; its path. */
export async function newCandidate(folder: string, id: string, name: string): Promise<string> {
  const text = await readFile(join(folder, 'candidate-template.md'), 'utf8').catch(() => template());
  const path = join(folder, `candidate-${id}.md`);
  const filled = text
    .replace(/^name:.*$/im, () => `name: ${yamlText(name)}`)
    .replace(/^ID:.*$/m, () => `ID: ${yamlText(id)}`)
    .replace(/^<!-- Copy this file.*-->\r?\n\r?\n?/m, '');
  await writeFile(path, filled, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CliError(`${path} is there already.`);
    if (error.code === 'ENOENT')
      throw new CliError(`There is no folder ${folder}: "elekto new election" makes one.`);
    throw error;
  });
  return path;
}
