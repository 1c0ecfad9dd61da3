import { foldLogin } from '@elekto/election';
import { leavesOf, wantedBy, type Facts, type RollRules, type Rule, type Tally } from '../model.ts';
import { isBot } from './bots.ts';

/** How one rule judged one person. */
export interface Verdict {
  readonly rule: Rule;
  /** Meets the rule, its exceptions considered. */
  readonly met: boolean;
  /** Of a leaf: what it found and what it takes. Null where it found nothing. */
  readonly tally: Tally | null;
  readonly wanted: number;
  readonly of: readonly Verdict[];
  readonly except: readonly Verdict[];
}

export interface Judged {
  readonly login: string;
  /** Whether the person is on the roll. */
  readonly on: boolean;
  readonly bot: boolean;
  readonly verdict: Verdict;
}

/** Everybody whom some rule found, in the order of their folded logins. */
export function decide(rules: RollRules, facts: Facts): readonly Judged[] {
  const people = new Set<string>();
  for (const tallies of facts.tallies.values()) for (const folded of tallies.keys()) people.add(folded);
  return [...people].sort(byCodeUnit).map((folded) => judge(rules, facts, folded));
}

/** One person, found or not. */
export function judge(rules: RollRules, facts: Facts, login: string): Judged {
  const folded = foldLogin(login);
  const verdict = ask(rules.who, facts, folded);
  const bot = isBot(folded, rules, facts);
  return { login: spelling(rules.who, facts, folded) ?? login, on: verdict.met && !bot, bot, verdict };
}

function ask(rule: Rule, facts: Facts, folded: string): Verdict {
  const except = rule.except.map((each) => ask(each, facts, folded));
  const out = except.some((each) => each.met);
  if ('of' in rule) {
    const of = rule.of.map((each) => ask(each, facts, folded));
    const met = rule.join === 'any' ? of.some((each) => each.met) : of.every((each) => each.met);
    return { rule, met: met && !out, tally: null, wanted: 0, of, except };
  }
  const tally = facts.tallies.get(rule.id)?.get(folded) ?? null;
  const wanted = wantedBy(rule);
  return { rule, met: tally !== null && tally.count >= wanted && !out, tally, wanted, of: [], except };
}

/** As the forge spells the login; without it, as files do. */
function spelling(who: Rule, facts: Facts, folded: string): string | null {
  const found = leavesOf(who).flatMap((leaf) => {
    const tally = facts.tallies.get(leaf.id)?.get(folded);
    const isForge = ['contributions', 'organization', 'team'].includes(leaf.source.kind);
    return tally ? [{ login: tally.login, rank: isForge ? 0 : 1 }] : [];
  });
  const [best] = found.sort((a, b) => a.rank - b.rank || byCodeUnit(a.login, b.login));
  return best?.login ?? null;
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The leaves that put somebody on the roll: those that are met, in groups that are. */
export function reasons(verdict: Verdict): readonly Verdict[] {
  if (!verdict.met) return [];
  return 'of' in verdict.rule ? verdict.of.flatMap(reasons) : [verdict];
}

/** The exceptions that took somebody off who would be on the roll without. */
export function exclusions(verdict: Verdict): readonly Verdict[] {
  const own = verdict.except.filter((each) => each.met);
  return [...own, ...verdict.of.flatMap(exclusions)];
}

/** Whether somebody would be on the roll if no exception were. */
export function metWithoutExceptions({ rule, of, tally, wanted }: Verdict): boolean {
  if (!('of' in rule)) return tally !== null && tally.count >= wanted;
  return rule.join === 'any' ? of.some(metWithoutExceptions) : of.every(metWithoutExceptions);
}
