import { foldFieldValue } from '../candidate/field-value.ts';
import type { Candidate, Diagnostic } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';

/** Candidates whose names voters could not tell apart; pages put the ID behind such names. */
export function checkSameNames(candidates: readonly Candidate[]): readonly Diagnostic[] {
  return [...Map.groupBy(candidates, ({ name }) => foldFieldValue(name)).values()].flatMap(
    ([first, ...others]) =>
      others.flatMap((candidate) => {
        const report = new Report(candidate.file);
        report.warning(
          'candidate-same-name',
          WHOLE_FILE,
          `The name ${quoted(candidate.name)} is also that of ${first?.file ?? 'another candidate'}.`,
          'Remove one of the files if both are one person; else write the names so that voters can tell them apart.',
        );
        return report.diagnostics;
      }),
  );
}
