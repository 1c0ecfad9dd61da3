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

/**
 * Places candidates in rows by their place and finds the arrows worth drawing. Of more than `most` candidates
 * only the first places that hold no more are laid out, the first place always.
 */
export function layoutBeatGraph(outcome: Outcome, most = Infinity): GraphLayout {
  let held = 0;
  const places = outcome.places.filter(
    (place, row) => (held += place.candidates.length) <= most || row === 0,
  );
  const nodes = places.flatMap((place, row) =>
    place.candidates.map((id, column): GraphNode => ({ id, row, column, width: place.candidates.length })),
  );
  const shown = new Set(nodes.map((node) => node.id));
  const beats = new Map(
    [...shown].map((id) => [id, new Set((outcome.relation[id] ?? []).filter((other) => shown.has(other)))]),
  );
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
    rows: places.length,
    widest: Math.max(1, ...nodes.map((n) => n.width)),
    edges,
    upsets,
  };
}
