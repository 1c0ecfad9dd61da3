/** The story of a result in sentences, the first one first. */
import type { Outcome } from '@elekto/tally';
import { listOf, nameOf } from '@elekto/ui';
import type { Names } from '@elekto/ui';
import { fill, plural, textsOf } from './texts/index.ts';
import type { Lang } from './texts/index.ts';

export interface ResultSentences {
  readonly headline: string;
  readonly more: readonly string[];
}

/** Who is elected, which tie is open, who was passed over, and whether one candidate beats all others. */
export function resultSentences(outcome: Outcome, names: Names, lang: Lang): ResultSentences {
  const t = textsOf(lang).results;
  const list = (ids: readonly string[]) =>
    listOf(
      ids.map((id) => nameOf(names, id)),
      lang,
    );
  const { elected, boundaryTie, skipped, available, decisions } = outcome.seats;
  const more: string[] = [];
  const tie =
    boundaryTie === null
      ? null
      : plural(t.boundaryTie, boundaryTie.seats, lang, { names: list(boundaryTie.candidates) });
  const headline =
    elected.length > 0
      ? plural(t.elected, elected.length, lang, { names: list(elected) })
      : (tie ?? t.electedNone);
  if (elected.length > 0 && tie !== null) more.push(tie);
  for (const decision of decisions)
    more.push(fill(t.decision, { names: list(decision.winners), how: decision.how }));
  const { limit } = outcome.options;
  for (const { candidate } of limit ? skipped : [])
    more.push(
      fill(t.skipped, { name: nameOf(names, candidate), max: limit?.max ?? 0, field: limit?.field ?? '' }),
    );
  const seats = plural(t.sentenceSeats, available, lang);
  const winner = outcome.condorcetWinner;
  more.push(winner === null ? seats : `${seats} ${fill(t.condorcet, { name: nameOf(names, winner) })}`);
  return { headline, more };
}
