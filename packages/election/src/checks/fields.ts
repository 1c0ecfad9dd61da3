import { fieldValue, foldFieldValue, limitValues } from '../candidate/field-value.ts';
import type { CandidateReading } from '../candidate/read-candidate.ts';
import type { Candidate, Diagnostic, RepresentationLimit } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';

/** Fields that the ballot shows and the candidate does not give, and the reverse. */
export function checkFields(
  reading: Pick<CandidateReading, 'infoPlace'>,
  candidate: Candidate,
  shown: readonly string[],
): readonly Diagnostic[] {
  if (shown.length === 0) return [];
  const report = new Report(candidate.file);
  const wanted = new Set(shown.map(foldFieldValue));
  for (const field of shown)
    if (fieldValue(candidate, field) === null)
      report.warning(
        'candidate-field-missing',
        reading.infoPlace,
        `The field ${quoted(field)}, which the election shows, is missing or empty.`,
        `Add "  - ${field}: ..." below "info:".`,
      );
  for (const field of candidate.fields)
    if (field.name && !wanted.has(foldFieldValue(field.name)))
      report.info(
        'candidate-field-hidden',
        reading.infoPlace,
        `The field ${quoted(field.name)} is not among the fields the election shows.`,
        'Add it to "show_candidate_fields" if it should be seen.',
      );
  return report.diagnostics;
}

/** Who gives no value of the limited field, and whose values are one in two spellings. `file` is election.yaml. */
export function checkLimit(
  { field }: RepresentationLimit,
  candidates: readonly Candidate[],
  file: string,
): readonly Diagnostic[] {
  const values = limitValues(candidates, field);
  const without = candidates.filter(({ id }) => !Object.hasOwn(values, id)).length;
  const found: Diagnostic[] = [];
  if (without > 0) {
    const report = new Report(file);
    report.warning(
      'representation-limit-field',
      WHOLE_FILE,
      `"representation_limit" counts by ${quoted(field)}, which ${without} candidates do not give.`,
      'A candidate without the field is never limited.',
    );
    found.push(...report.diagnostics);
  }
  for (const candidate of candidates) {
    const written = fieldValue(candidate, field);
    const shared = values[candidate.id];
    if (written === null || shared === undefined || written === shared) continue;
    const report = new Report(candidate.file);
    report.warning(
      'representation-limit-spelling',
      WHOLE_FILE,
      `The ${quoted(field)} ${quoted(written)} counts as the same as ${quoted(shared)} of another candidate.`,
      `Write it as "${shared}" if the same is meant, or make the two differ in more than spelling.`,
    );
    found.push(...report.diagnostics);
  }
  return [...found, ...checkSimilar(field, candidates, values)];
}

/** Values that count as two and are probably one: they differ in blanks and punctuation alone, or in the form of a company. */
function checkSimilar(
  field: string,
  candidates: readonly Candidate[],
  values: Readonly<Record<string, string>>,
): readonly Diagnostic[] {
  const first = new Map<string, string>();
  return candidates.flatMap(({ id, file }) => {
    const value = values[id];
    if (value === undefined) return [];
    const other = first.get(skeleton(value)) ?? value;
    first.set(skeleton(value), other);
    if (other === value) return [];
    const report = new Report(file);
    report.warning(
      'representation-limit-similar',
      WHOLE_FILE,
      `The ${quoted(field)} ${quoted(value)} counts as another than ${quoted(other)} of another candidate.`,
      `Write it as "${other}" if the same is meant: only then the limit holds for both.`,
    );
    return report.diagnostics;
  });
}

const COMPANY =
  /[\s,]+(?:inc|incorporated|llc|ltd|limited|gmbh|ag|corp|corporation|co|plc|sarl|bv|oy|ab)\.?$/;

/** Letters and digits of a value, without the form of a company; the value itself where nothing is left. */
function skeleton(value: string): string {
  const folded = foldFieldValue(value);
  return folded.replace(COMPANY, '').replace(/[^\p{L}\p{N}]/gu, '') || folded;
}
