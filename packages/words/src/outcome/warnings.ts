import type { Outcome, Warning } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';

/** Where the rule may surprise, in sentences. Open ties and a missed quorum are left out: `headline` and `seatSentences` tell them. */
export function warningSentences(
  { warnings }: Pick<Outcome, 'warnings'>,
  names: Names,
  lang: Lang,
): string[] {
  return warnings.flatMap((warning) =>
    warning.code === 'open-tie' || warning.code === 'quorum-missed'
      ? []
      : [warningSentence(warning, names, lang)],
  );
}

function warningSentence(
  warning: Exclude<Warning, { code: 'open-tie' | 'quorum-missed' }>,
  names: Names,
  lang: Lang,
): string {
  const named = 'candidates' in warning ? warning.candidates.map((id) => nameOf(names, id)) : [];
  const { code } = warning;
  switch (code) {
    case 'no-ballots':
    case 'all-blank':
    case 'unranked-not-transferred':
      return say(lang, 'outcome', code);
    case 'ballots-without-comparison':
      return say(lang, 'outcome', code, { n: warning.ballots });
    case 'uncompared-candidate':
      return say(lang, 'outcome', code, { n: named.length, names: named });
    case 'few-opinions':
      return say(lang, 'outcome', code, {
        n: warning.opinions,
        ballots: warning.ballots,
        name: named,
      });
    case 'too-few-candidates': {
      const candidates = say(lang, 'outcome', 'candidates', { n: warning.standing });
      return say(lang, 'outcome', code, { n: warning.seats, candidates });
    }
    case 'group-short':
      return say(lang, 'outcome', code, { n: warning.seats, field: warning.field, value: warning.value });
    case 'limit-value-missing':
      return say(lang, 'outcome', code, { n: named.length, field: warning.field, names: named });
    case 'decision-unused':
      return say(lang, 'outcome', code, { names: named, how: warning.how });
  }
}
