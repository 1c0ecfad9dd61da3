import type { BallotTable, SourceNode } from '@elekto/tally';
import { readBallotDocument } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';

/** The plain form of a ballot: `[["A"], ["B", "C"]]`, or bare ids for tiers of one. */
interface PlainBallot {
  readonly count?: number;
  readonly ranking: readonly (string | readonly string[])[];
}

/**
 * Reads the ballots of our JSON and YAML one after the other, so that a file need not fit into memory. What
 * a ballot may be is told by `readBallotDocument`; only ballots written in plain JSON are read here, because
 * they are a hundred times as many and as quick.
 */
export class DocumentBallots {
  readonly #builder: BallotBuilder;
  readonly #head: SourceNode;

  /** `head` is the document with its candidates and no ballots. @throws BallotsFormatError */
  constructor(head: SourceNode) {
    const { candidates, unranked } = readBallotDocument(head);
    this.#head = head;
    this.#builder = new BallotBuilder(candidates, unranked);
  }

  /** The ballots; `tail` is the document as it stands at the end of the file. @throws BallotsFormatError */
  end(tail: SourceNode): BallotTable {
    const { unranked } = readBallotDocument(tail);
    const { table } = this.#builder;
    if (unranked === table.unranked) return table;
    return table.withColumns([...table.candidates.keys()], table.candidates, unranked);
  }

  /** Adds a ballot from its text; `parse` is asked for located nodes when it is not plain. */
  add(text: string, parse: () => SourceNode): void {
    const plain = plainBallot(text);
    if (plain !== null && this.#cast(plain)) return;
    const table = readBallotDocument(withBallots(this.#head, [parse()]));
    for (const { ranks, count = 1 } of table.ballots) {
      for (let i = 0; i < ranks.length; i++) this.#builder.rank(i, ranks[i] ?? 0);
      this.#builder.cast(count);
    }
  }

  #cast({ ranking, count = 1 }: PlainBallot): boolean {
    const builder = this.#builder;
    for (const [i, tier] of ranking.entries()) {
      for (const id of typeof tier === 'string' ? [tier] : tier) {
        const index = builder.indexOf(id);
        if (index !== undefined && builder.rank(index, i + 1)) continue;
        builder.cast(0);
        return false;
      }
    }
    builder.cast(count);
    return true;
  }
}

/** The document without ballots, or with others. */
export function withBallots(root: SourceNode, items: readonly SourceNode[]): SourceNode {
  if (root.value.kind !== 'object') return root;
  const entries = root.value.entries.map((entry) =>
    entry.key === 'ballots'
      ? { ...entry, node: { ...entry.node, value: { kind: 'list' as const, items } } }
      : entry,
  );
  return { ...root, value: { kind: 'object', entries } };
}

function plainBallot(text: string): PlainBallot | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { count, ranking, ...others } = value as Record<string, unknown>;
  if (Object.keys(others).length > 0 || !Array.isArray(ranking)) return null;
  if (count !== undefined && !(typeof count === 'number' && Number.isSafeInteger(count) && count > 0))
    return null;
  const isId = (id: unknown): boolean => typeof id === 'string';
  if (!ranking.every((tier) => isId(tier) || (Array.isArray(tier) && tier.every(isId)))) return null;
  // A key that stands twice is an error, which JSON.parse does not tell.
  if (text.indexOf('"ranking"') !== text.lastIndexOf('"ranking"')) return null;
  if (text.indexOf('"count"') !== text.lastIndexOf('"count"')) return null;
  return value as PlainBallot;
}
