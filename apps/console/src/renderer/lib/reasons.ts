/** What roll-evidence.csv says of the people of a roll. */
import { foldLogin } from '@elekto/election';
import { countByRule, readEvidence, RollFileError, type EvidenceRow, type RuleCount } from '@elekto/roll';

export interface Reasons {
  /** How many people each rule puts on the roll. */
  readonly rules: readonly RuleCount[];
  /** Why somebody is on the roll or was left out; empty for whom it does not name. */
  readonly of: (login: string) => readonly EvidenceRow[];
  /** Bots, and whom an exception takes off. */
  readonly leftOut: readonly EvidenceRow[];
  /** On the roll, and no rule says why; those whose exception was approved apart. */
  readonly unexplained: readonly string[];
  readonly approved: readonly string[];
  /** By the rules on the roll, and not in voters.yaml. */
  readonly missing: readonly string[];
}

/** Null without evidence; `unreadable` where it is no evidence that this version knows. */
export function reasonsFor(
  evidence: string | null,
  voters: readonly string[],
  exceptions: readonly string[],
): Reasons | 'unreadable' | null {
  if (evidence === null) return null;
  let rows: readonly EvidenceRow[];
  try {
    rows = readEvidence('roll-evidence.csv', evidence);
  } catch (error) {
    if (error instanceof RollFileError) return 'unreadable';
    throw error;
  }
  const byLogin = Map.groupBy(rows, ({ login }) => foldLogin(login));
  const of = (login: string): readonly EvidenceRow[] => byLogin.get(foldLogin(login)) ?? [];
  const roll = new Set(voters.map((login) => foldLogin(login)));
  const granted = new Set(exceptions.map((login) => foldLogin(login)));
  const byHand = voters.filter((login) => !of(login).some(({ on }) => on));
  return {
    rules: countByRule(rows),
    of,
    leftOut: rows.filter(({ on }) => !on),
    unexplained: byHand.filter((login) => !granted.has(foldLogin(login))),
    approved: byHand.filter((login) => granted.has(foldLogin(login))),
    missing: [...byLogin].flatMap(([folded, [first]]) =>
      first?.on === true && !roll.has(folded) ? [first.login] : [],
    ),
  };
}

/** One reason as people read it: "Contributors (57 of 50), 2026-01-02 to 2026-05-03". */
export function reasonText({ rule, count, needed, first, last }: EvidenceRow): string {
  const many = first === '' || needed === '' ? '' : ` (${count} of ${needed})`;
  const days = first === '' ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`;
  return `${rule === 'bot' ? 'a bot' : rule}${many}${days}`;
}
