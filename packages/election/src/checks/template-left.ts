import { foldFieldValue } from '../candidate/field-value.ts';
import type { Diagnostic, Election, Instant } from '../model.ts';
import { readTemplate } from '../nominations/template.ts';
import { phaseAt } from '../phase.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';

/** Candidates of an election to come who still say what its template says: in a field, or by headings with nothing below. */
export function checkTemplateLeft(election: Election, now: Instant): readonly Diagnostic[] {
  if (phaseAt(election, now) !== 'upcoming') return [];
  const asked = new Map(
    readTemplate(election.template ?? '').fields.map(({ name, value }) => [
      foldFieldValue(name),
      value.trim(),
    ]),
  );
  return election.candidates.flatMap(({ file, fields, bio }) => {
    const report = new Report(file);
    for (const { name, value } of fields) {
      const written = value.trim();
      if (written === '' || written !== asked.get(foldFieldValue(name))) continue;
      report.warning(
        'candidate-placeholder',
        WHOLE_FILE,
        `The field ${quoted(name)} still says what the template says: ${quoted(written)}.`,
        `Write the ${name} of the candidate.`,
      );
    }
    const said = bio
      .replace(/<!--[^]*?-->/g, '')
      .replace(/^ {0,3}#.*$/gm, '')
      .trim();
    if (said === '' && bio.trim() !== '')
      report.warning(
        'candidate-placeholder',
        WHOLE_FILE,
        'The profile has headings and nothing below them.',
        'Answer them, or remove those that stay empty.',
      );
    return report.diagnostics;
  });
}
