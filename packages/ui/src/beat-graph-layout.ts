import type { Outcome } from '@elekto/tally';

export interface GraphNode {
  readonly id: string;
  /** Row of the place, from 0; column within it, from 0; how many share the row. */
  readonly row: number;
  readonly column: number;
  readonly width: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

export interface GraphLayout {
  readonly nodes: readonly GraphNode[];
  readonly rows: number;
  readonly widest: number;
  /** The relation without what follows from it: an arrow is left out when a path of arrows says the same. */
  readonly edges: readonly GraphEdge[];
  /** Pairs whose direct comparison goes against the relation. */
  readonly upsets: readonly GraphEdge[];
}

/** Places candidates in rows by their place and finds the arrows worth drawing. */
export function layoutBeatGraph(outcome: Outcome): GraphLayout {
  const rowOf = new Map<string, number>();
  const nodes = outcome.places.flatMap((place, row) =>
    place.candidates.map((id, column): GraphNode => {
      rowOf.set(id, row);
      return { id, row, column, width: place.candidates.length };
    }),
  );
  const beats = new Map(outcome.candidates.map((id) => [id, new Set(outcome.relation[id] ?? [])]));
  const edges: GraphEdge[] = [];
  const upsets: GraphEdge[] = [];
  for (const [from, beaten] of beats) {
    for (const to of beaten) {
      const between = [...beaten].some(
        (middle) => middle !== to && beats.get(middle)?.has(to) && !beats.get(to)?.has(middle),
      );
      if (!between) edges.push({ from, to });
      if ((outcome.pairwise[to]?.[from] ?? 0) > (outcome.pairwise[from]?.[to] ?? 0))
        upsets.push({ from: to, to: from });
    }
  }
  return {
    nodes,
    rows: outcome.places.length,
    widest: Math.max(1, ...nodes.map((n) => n.width)),
    edges,
    upsets,
  };
}
