import { foldLogin } from '@elekto/election';
import type { EvidenceRow } from './evidence.ts';

/** How many of a roll meet a rule, and how many meet no other. */
export interface RuleCount {
  readonly rule: string;
  readonly people: number;
  readonly alone: number;
}

/** Of each rule that puts somebody on the roll, in the order of the evidence. */
export function countByRule(rows: readonly EvidenceRow[]): readonly RuleCount[] {
  const people = Map.groupBy(
    rows.filter(({ on }) => on),
    ({ login }) => foldLogin(login),
  );
  const counts = new Map<string, { people: number; alone: number }>();
  for (const own of people.values()) {
    const rules = new Set(own.map(({ rule }) => rule));
    for (const rule of rules) {
      const count = counts.get(rule) ?? { people: 0, alone: 0 };
      counts.set(rule, { people: count.people + 1, alone: count.alone + (rules.size === 1 ? 1 : 0) });
    }
  }
  return [...counts].map(([rule, count]) => ({ rule, ...count }));
}
