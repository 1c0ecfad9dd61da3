/** The files an officer can keep, each with how its text is had. */
import { toCsv, toJson, toYaml, type Outcome } from '@elekto/tally';
import { toText } from '@elekto/words';
import type { Backend } from '../../backend/backend.ts';
import type { ElectionResult } from '../../backend/model.ts';

export interface ExportFile {
  readonly name: string;
  readonly label: string;
  readonly text: () => Promise<string>;
}

/** Objects keyed by candidate lose their lack of a prototype on the way; the formats rely on it. */
function restored(outcome: Outcome): Outcome {
  const bare = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.assign(Object.create(null) as Record<string, T>, record);
  const matrix = <T>(rows: Readonly<Record<string, Readonly<Record<string, T>>>>) =>
    bare(Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, bare(row)])));
  return {
    ...outcome,
    counts: { ...outcome.counts, opinions: bare(outcome.counts.opinions) },
    pairwise: matrix(outcome.pairwise),
    strongestPaths: matrix(outcome.strongestPaths),
    relation: bare(outcome.relation),
  };
}

export function exportFiles(backend: Backend, key: string, result: ElectionResult): readonly ExportFile[] {
  const outcome = restored(result.outcome);
  return [
    { name: 'ballots.csv', label: 'Ballots (CSV)', text: () => backend.ballotsCsv(key) },
    { name: 'results.json', label: 'Signed result (JSON)', text: () => backend.resultsJson(key) },
    { name: 'ranking.csv', label: 'Ranking (CSV)', text: async () => toCsv(outcome) },
    { name: 'outcome.yaml', label: 'Outcome (YAML)', text: async () => toYaml(outcome) },
    { name: 'outcome.json', label: 'Outcome (JSON)', text: async () => toJson(outcome) },
    { name: 'report.txt', label: 'Report (text)', text: async () => toText(outcome) },
  ];
}
