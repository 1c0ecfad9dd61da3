import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readKeysFile, readTree, type Election, type ResultsKey } from '@elekto/election';
import { decodeText, readDirectory } from '@elekto/metarepo';
import { CliError } from './cli-error.ts';
import { electionsAbove, namesIn } from './elections-folder.ts';
import { loginRule } from './login-rule.ts';

/** One election of an elections folder on disk, with what lies above it. */
export interface ElectionFolder {
  readonly path: string;
  /** The elections folder. */
  readonly root: string;
  readonly election: Election;
  /** From results-keys.yaml of the elections folder; null when there is no such file. */
  readonly knownKeys: readonly ResultsKey[] | null;
}

const KEYS_FILE = 'results-keys.yaml';

/** Whether a path of the command line is a folder. */
export const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Reads the election in a folder. The elections folder, from which its key is counted and in which results-keys.yaml
 * lies, is the one given, else the one that `electionsAbove` finds.
 * @throws CliError when there is no election, naming the first thing that is wrong with its files.
 */
export async function readElectionFolder(path: string, electionsDir?: string): Promise<ElectionFolder> {
  const folder = resolve(path);
  const root = electionsDir === undefined ? electionsAbove(folder) : resolve(electionsDir);
  const place = relative(root, folder).split(sep).join('/');
  if (place === '' || place.startsWith('..')) throw new CliError(`${path} does not lie in ${root}`);
  const { files } = await readDirectory(folder, '');
  const moved = files
    .filter((file) => !file.path.includes('/'))
    .map((file) => ({ ...file, path: `${place}/${file.path}` }));
  const [read] = readTree('', moved, loginRule(process.env)).elections;
  if (!read?.election) {
    const wrong = read?.diagnostics.find(({ severity }) => severity === 'error');
    throw new CliError(`${path}: ${wrong?.message ?? 'there is no election.yaml here.'}`);
  }
  return { path, root, election: read.election, knownKeys: keysIn(root) };
}

function keysIn(root: string): readonly ResultsKey[] | null {
  if (!namesIn(root).includes(KEYS_FILE)) return null;
  const path = join(root, KEYS_FILE);
  const { text, problems } = decodeText(readFileSync(path), path);
  const { resultsKeys, diagnostics } = readKeysFile({ path: KEYS_FILE, text, problems });
  const wrong = diagnostics.find(({ severity }) => severity === 'error');
  if (wrong !== undefined) throw new CliError(`${path}: line ${wrong.line}: ${wrong.message} ${wrong.hint}`);
  return resultsKeys;
}
