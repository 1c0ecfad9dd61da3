import type { Outcome } from '@elekto/tally';
import { layoutBeatGraph } from './beat-graph-layout.ts';
import type { GraphNode } from './beat-graph-layout.ts';
import { PICTURE_TEXTS } from './texts.ts';
import { inResultOrder, MOST_IN_PICTURE, put, signed } from './words.ts';
import { list, nameOf, type Names } from '@elekto/words';
import type { PictureLang } from './words.ts';

export interface BeatGraphProps {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly lang: PictureLang;
}

const BOX = { height: 34, gap: 30, side: 14 };
const CHARACTER = 8.2;
/** More comparisons than these that go the other way are folded: they grow with the square of the candidates. */
const MOST_UPSETS = 10;

/** Who beats whom as a picture: rows by place, arrows downwards, dashed arcs where a direct comparison goes the other way. */
export function BeatGraph({ outcome, names, lang }: BeatGraphProps) {
  const t = PICTURE_TEXTS[lang];
  const { nodes, rows, widest, edges, upsets } = layoutBeatGraph(outcome, MOST_IN_PICTURE);
  const longest = Math.min(26, Math.max(8, ...nodes.map((n) => nameOf(names, n.id).length)));
  const box = longest * CHARACTER + 2 * BOX.side;
  const room = upsets.length > 0 ? 60 + Math.min(6, upsets.length) * 12 : 8;
  const width = widest * box + (widest - 1) * BOX.gap + room + 60;
  const height = rows * BOX.height + (rows - 1) * BOX.gap + 8;
  const middle = (width - room + 52) / 2;
  const x = (n: GraphNode) => middle + (n.column - (n.width - 1) / 2) * (box + BOX.gap);
  const top = (n: GraphNode) => 4 + n.row * (BOX.height + BOX.gap);
  const at = new Map(nodes.map((n) => [n.id, n]));
  const short = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1)}…` : name);
  const places = outcome.places.slice(0, rows).map((p) => p.place);
  const everyone = outcome.candidates.length;

  return (
    <>
      {everyone > nodes.length && <p>{put(t.graphCut, { n: nodes.length, m: everyone }, lang)}</p>}
      <svg
        className="beat-graph"
        viewBox={`0 0 ${Math.ceil(width)} ${height}`}
        role="img"
        aria-label={t.graphCaption}
        width={Math.ceil(width)}
        height={height}
      >
        <defs>
          {['', ' upset'].map((kind) => (
            <marker
              key={kind}
              id={kind === '' ? 'arrow' : 'arrow-upset'}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path className={`head${kind}`} d="M0 0 8 4 0 8z" />
            </marker>
          ))}
        </defs>
        {places.map((place, row) => (
          <text key={place} className="row" x="4" y={4 + row * (BOX.height + BOX.gap) + 23}>
            {place}
          </text>
        ))}
        {edges.map(({ from, to }) => {
          const [a, b] = [at.get(from), at.get(to)];
          if (!a || !b) return null;
          const difference =
            BigInt(outcome.pairwise[from]?.[to] ?? 0) - BigInt(outcome.pairwise[to]?.[from] ?? 0);
          const [x1, y1, x2, y2] = [x(a), top(a) + BOX.height, x(b), top(b)];
          const far = b.row - a.row > 1;
          const bend = far ? (box / 2 + 14) * (a.column <= (a.width - 1) / 2 ? -1 : 1) : 0;
          const d = far
            ? `M${x1 + bend * 0.6} ${y1}C${x1 + bend} ${y1 + 30} ${x2 + bend} ${y2 - 30} ${x2 + bend * 0.6} ${y2}`
            : `M${x1} ${y1}L${x2} ${y2}`;
          return (
            <g key={`${from}>${to}`}>
              <path className="edge" d={d} markerEnd="url(#arrow)" />
              {!far && (
                <text className="lead" x={(x1 + x2) / 2 + 8} y={(y1 + y2) / 2 + 4}>
                  {signed(difference, lang)}
                </text>
              )}
            </g>
          );
        })}
        {upsets.map(({ from, to }, i) => {
          const [a, b] = [at.get(from), at.get(to)];
          if (!a || !b) return null;
          const out = 26 + (i % 6) * 12;
          const [x1, y1, x2, y2] = [
            x(a) + box / 2,
            top(a) + BOX.height / 2 - 5,
            x(b) + box / 2,
            top(b) + BOX.height / 2 + 5,
          ];
          const far = Math.max(x1, x2) + out;
          return (
            <path
              key={`${from}^${to}`}
              className="edge upset"
              d={`M${x1} ${y1}C${far} ${y1} ${far} ${y2} ${x2} ${y2}`}
              markerEnd="url(#arrow-upset)"
            />
          );
        })}
        {nodes.map((n) => (
          <g key={n.id}>
            <rect
              className={outcome.seats.elected.includes(n.id) ? 'node elected' : 'node'}
              x={x(n) - box / 2}
              y={top(n)}
              width={box}
              height={BOX.height}
            />
            <text className="name" x={x(n)} y={top(n) + 22} textAnchor="middle">
              {short(nameOf(names, n.id))}
            </text>
          </g>
        ))}
      </svg>
    </>
  );
}

/** The graph's twin: the whole relation as sentences, and the comparisons that go against it. */
export function BeatList({ outcome, names, lang }: BeatGraphProps) {
  const t = PICTURE_TEXTS[lang];
  const order = inResultOrder(outcome, names);
  const { upsets } = layoutBeatGraph(outcome);
  const placeOf = new Map(outcome.places.flatMap((p) => p.candidates.map((id) => [id, p.place] as const)));
  const against = upsets.map(({ from, to }) => (
    <li key={`${from}^${to}`} className="upset">
      {put(
        t.upset,
        {
          a: nameOf(names, from),
          b: nameOf(names, to),
          x: outcome.pairwise[from]?.[to] ?? 0,
          y: outcome.pairwise[to]?.[from] ?? 0,
        },
        lang,
      )}
    </li>
  ));
  return (
    <ul className="beat-list">
      {order.map((id) => {
        const beaten = order.filter((other) => outcome.relation[id]?.includes(other));
        const below = order.filter((other) => (placeOf.get(other) ?? 0) > (placeOf.get(id) ?? 0));
        const name = nameOf(names, id);
        const others = list(
          beaten.map((other) => nameOf(names, other)),
          lang,
        );
        const all = beaten.length > 3 && beaten.join('\n') === below.join('\n');
        return (
          <li key={id}>
            {put(
              beaten.length === 0 ? t.beatsNobody : all ? t.beatsAllBelow : t.beats,
              { name, others },
              lang,
            )}
          </li>
        );
      })}
      {upsets.length > MOST_UPSETS ? (
        <li className="upset">
          <details>
            <summary>{put(t.manyUpsets, { n: upsets.length }, lang)}</summary>
            <ul>{against}</ul>
          </details>
        </li>
      ) : (
        against
      )}
    </ul>
  );
}
