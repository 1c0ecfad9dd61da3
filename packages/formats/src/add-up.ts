import { BallotTable } from '@elekto/tally';

import type { BallotFile } from './model.ts';

/** Parts of one election as one: the candidates of all of them, the ballots one after the other. */
export function addUp(files: readonly BallotFile[]): BallotFile {
  const [first] = files as [BallotFile, ...BallotFile[]];
  const names = [...new Set(files.flatMap(({ ballots }) => ballots.candidates))];
  const { unranked } = first.ballots;
  const table = new BallotTable(names, unranked === undefined ? {} : { unranked });
  for (const { ballots } of files) {
    const columns = names.map((name) => ballots.candidates.indexOf(name));
    for (const { ranks, count } of ballots.ballots)
      table.add(
        columns.map((column) => ranks[column] ?? null),
        count,
      );
  }
  const notes = new Set(files.flatMap((file) => file.notes));
  return {
    ...first,
    ballots: table,
    withdrawn: [...new Set(files.flatMap(({ withdrawn }) => withdrawn))],
    notes: [...notes, `${files.length} files are parts of one election`],
  };
}
