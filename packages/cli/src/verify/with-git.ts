import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Election } from '@elekto/election';
import { driftFrom } from '@elekto/protocol/manifest';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { driftWords, say } from '@elekto/words';

import { CliError } from '../cli-error.ts';

/** The custody file that an election names, from the elections folder; null where there is none, as for a folder outside of its repository. */
export function custodyOf({ custody }: Election, root: string): string | null {
  if (custody === undefined) return null;
  const path = join(root, custody.file);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new CliError(`${path}: cannot be read (${code})`);
  }
}

/** Hashes of the boxes that stand on this branch for the run of a result. */
export const boxesOf = ({ boxes = [] }: Election, { manifestHash }: ResultsFile3): string[] =>
  boxes.filter((box) => box.manifestHash === manifestHash).map(({ hash }) => hash);

/** Who withdrew or was renamed since is told by the result itself; everything else that voters saw has to be in the files. */
const LATER = new Set([
  'candidates-withdrawn',
  'folder-renamed',
  'end-in-the-past',
  'end-after-close',
  'names-changed',
  'name-changed',
]);

/** What the files of an election say differently from what voters saw; null when nothing. */
export function differenceIn(election: Election, { manifest }: ResultsFile3): string | null {
  const drift = driftFrom(manifest, election).find(({ code }) => !LATER.has(code));
  return drift === undefined
    ? null
    : driftWords(drift, {}, (instant) => new Date(instant).toISOString(), 'en');
}

/**
 * What the folder says of the roll beside the result, and that nothing more was compared: how many were on it until the end stands in its
 * history alone, and a difference to today's file accuses nobody.
 */
export function rollWords(
  { voters, noRoll }: Pick<Election, 'voters' | 'noRoll'>,
  { eligible }: Pick<ResultsFile3, 'eligible'>,
): string {
  return noRoll === undefined
    ? say('en', 'checks', 'roll-beside', { here: voters.length, eligible })
    : say('en', 'checks', 'roll-unread', { eligible });
}
