import { groupValues } from '../candidate/field-value.ts';
import { standing } from '../candidate/withdrawn.ts';
import type { Candidate, Diagnostic, HouseRules } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';

/** Whether those stand of whom the rules speak. `file` is election.yaml. */
export function checkHouseRules(
  { noneOfTheAbove, groups }: HouseRules,
  candidates: readonly Candidate[],
  file: string,
): readonly Diagnostic[] {
  const report = new Report(file);
  const stand = standing(candidates);
  if (noneOfTheAbove !== undefined && !stand.some(({ id }) => id === noneOfTheAbove.candidate))
    report.error(
      'none-of-the-above-missing',
      WHOLE_FILE,
      `"none_of_the_above" names ${quoted(noneOfTheAbove.candidate)}, and no candidate who stands has this ID, so the election cannot open.`,
      `Add candidate-${noneOfTheAbove.candidate}.md, with the words that voters see as its name.`,
    );
  const members = Object.values(groups === undefined ? {} : groupValues(stand, groups));
  for (const [value, seats] of Object.entries(groups?.seats ?? {})) {
    const standingThere = members.filter((each) => each === value).length;
    if (standingThere < seats)
      report.warning(
        'group-seats-short',
        WHOLE_FILE,
        `"group_seats" keeps ${seats} for ${quoted(value)}, and ${standingThere} candidates say this in ${quoted(groups?.field ?? '')}.`,
        'Seats that a group cannot fill go to others.',
      );
  }
  return report.diagnostics;
}
