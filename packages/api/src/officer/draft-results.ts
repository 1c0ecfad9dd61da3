import type { Election } from '@elekto/election';
import type { Manifest } from '@elekto/protocol/manifest';
import type { Outcome } from '@elekto/tally';
import { checkCommands, toResultsMarkdown } from '@elekto/words';

interface Drafted {
  readonly outcome: Outcome;
  readonly eligible: number;
  readonly manifest: Manifest;
}

/** results.md of an election, under the names its candidates had on the ballot; older manifests pinned none. */
export function draftResults(
  { candidates, folder }: Pick<Election, 'candidates' | 'folder'>,
  { outcome, eligible, manifest }: Drafted,
): string {
  const files = Object.fromEntries(candidates.map(({ id, name }) => [id, name]));
  const names = manifest.version === 2 ? { ...files, ...manifest.names } : files;
  return toResultsMarkdown({
    outcome,
    election: manifest.name,
    eligible,
    names,
    commands: checkCommands(folder),
  });
}
