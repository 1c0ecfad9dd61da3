/** The story of a result in sentences, the first one first. */
import type { Outcome, Round, Warning } from '@elekto/tally';
import { listOf, nameOf, withNames } from '@elekto/ui';
import type { Names } from '@elekto/ui';
import { fill, plural, textsOf } from './texts/index.ts';
import type { Lang } from './texts/index.ts';

export interface ResultSentences {
  readonly headline: string;
  readonly more: readonly string[];
}

const listIn = (names: Names, lang: Lang) => (ids: readonly string[]) =>
  listOf(
    ids.map((id) => nameOf(names, id)),
    lang,
  );

/** What happened in one round: who is elected, who leaves, or that votes above the need move on. */
export function roundWords(round: Round, names: Names, lang: Lang): string {
  const t = textsOf(lang).results;
  const list = listIn(names, lang);
  const parts: string[] = [];
  const { elected, excluded } = round;
  if (elected.length > 0) parts.push(plural(t.elected, elected.length, lang, { names: list(elected) }));
  if (excluded.length > 0)
    parts.push(plural(t.roundLeaves, excluded.length, lang, { names: list(excluded) }));
  if (parts.length > 0) return parts.join(' ');
  const left = Object.keys(round.votes);
  return round.quota === null ? plural(t.roundLeft, left.length, lang, { names: list(left) }) : t.roundMoves;
}

/** A sentence of the page, and its language where that is not the page's. */
export interface WarningWords {
  readonly text: string;
  readonly lang: 'en' | null;
}

/**
 * Where the rule may surprise, in the page's language and with names; a warning that this page has no words
 * for comes in the engine's. The tie at the last seat is left out: the result begins with it.
 */
export function warningWords(outcome: Outcome, names: Names, lang: Lang): WarningWords[] {
  const t = textsOf(lang).results.warn;
  const list = listIn(names, lang);
  const { candidates, counts, pairwise, seats } = outcome;
  const uncompared = candidates.filter((a) =>
    candidates.every((b) => a === b || (!Number(pairwise[a]?.[b] ?? 0) && !Number(pairwise[b]?.[a] ?? 0))),
  );
  const opined = BigInt(counts.cast) - BigInt(counts.blank);
  const words: Record<string, () => string[]> = {
    'open-tie': () => [],
    'no-ballots': () => [t.noBallots],
    'all-blank': () => [t.allBlank],
    'ballots-without-comparison': () => [t.idle],
    'uncompared-candidate': () => [
      plural(t.uncompared, uncompared.length, lang, { names: list(uncompared) }),
    ],
    'few-opinions': () =>
      seats.elected
        .filter((id) => BigInt(counts.opinions[id] ?? 0) * 2n < opined && !uncompared.includes(id))
        .map((id) =>
          fill(
            t.fewOpinions,
            { name: nameOf(names, id), n: Number(counts.opinions[id] ?? 0), m: Number(opined) },
            lang,
          ),
        ),
    'too-few-candidates': () => [
      fill(t.tooFew, { seats: seats.available, candidates: candidates.length }, lang),
    ],
  };
  const byCode = new Map<string, Warning[]>();
  for (const warning of outcome.warnings)
    byCode.set(warning.code, [...(byCode.get(warning.code) ?? []), warning]);
  return [...byCode].flatMap(([code, warnings]): WarningWords[] => {
    const own = Object.hasOwn(words, code) ? words[code] : undefined;
    return own
      ? own().map((text) => ({ text, lang: null }))
      : warnings.map(({ message }) => ({ text: withNames(message, candidates, names), lang: 'en' }));
  });
}

/** Who is elected, which tie is open, who was passed over, and whether one candidate beats all others. */
export function resultSentences(outcome: Outcome, names: Names, lang: Lang): ResultSentences {
  const t = textsOf(lang).results;
  const list = listIn(names, lang);
  const { elected, openTies, skipped, available, decisions } = outcome.seats;
  const more: string[] = [];
  const ties = openTies.map(({ candidates, seats: open }) =>
    plural(t.openTie, open, lang, { names: list(candidates) }),
  );
  const headline =
    elected.length > 0
      ? plural(t.elected, elected.length, lang, { names: list(elected) })
      : (ties[0] ?? t.electedNone);
  more.push(...ties.slice(elected.length > 0 ? 0 : 1));
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
