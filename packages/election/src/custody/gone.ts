import type { Diagnostic } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';

/**
 * That the repository does not have the custody file any more to whose key ballots are sealed: without it nothing that officers sign
 * is taken, and the count stands still. `commit`: one that has it.
 */
export function custodyGone(folder: string, commit: string): readonly Diagnostic[] {
  const report = new Report(`${folder}/election.yaml`);
  report.error(
    'custody-gone',
    WHOLE_FILE,
    'The custody file to whose key the ballots are sealed is not in the folder keys any more.',
    `Bring it back by a pull request as commit ${commit.slice(0, 12)} has it, under any name. No ballot is lost; until then nothing that officers sign is taken, and nobody can count.`,
  );
  return report.diagnostics;
}
