/**
 * The pairwise table as a picture, for 100 candidates as for five: sign, number and colour in each cell,
 * only the cells in view are drawn. One stop for Tab; arrow keys move, and the sentence of the cell at
 * hand stands below and is announced (WAI-ARIA grid pattern).
 */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Outcome } from '@elekto/tally';
import { inResultOrder, cellSentence, signed } from '@elekto/ui';
import { nameOf, type Names } from '@elekto/words';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

const CELL = { width: 52, height: 30 };
const HEAD = { width: 176, height: 132 };
const OVERSCAN = 3;
const STEPS = 5;

export function PairGrid({ outcome, names }: Props) {
  const order = useMemo(() => inResultOrder(outcome, names), [outcome, names]);
  const most = useMemo(() => largestLead(outcome, order), [outcome, order]);
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ left: 0, top: 0, width: 900, height: 520 });
  const [at, setAt] = useState({ row: 0, column: 1 });

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setView(measure(element)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  if (order.length < 2) return <p className="soft">There are no two candidates to compare.</p>;

  const rows = visible(view.top, view.height - HEAD.height, CELL.height, order.length);
  const columns = visible(view.left, view.width - HEAD.width, CELL.width, order.length);
  const move = (event: KeyboardEvent): void => {
    const next = target(event.key, at, order.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    reveal(box.current, next);
  };
  const [a, b] = [order[at.row] ?? '', order[at.column] ?? ''];
  return (
    <figure className="pair-grid">
      <div
        ref={box}
        className="pair-box"
        role="grid"
        tabIndex={0}
        aria-label="Pairwise comparison: how many more prefer the candidate of the row"
        aria-rowcount={order.length + 1}
        aria-colcount={order.length + 1}
        aria-activedescendant={cellId(at.row, at.column)}
        onKeyDown={move}
        onScroll={(event) => setView(measure(event.currentTarget))}
      >
        <div
          role="presentation"
          className="pair-area"
          style={{
            width: HEAD.width + order.length * CELL.width,
            height: HEAD.height + order.length * CELL.height,
          }}
        >
          <div role="row" aria-rowindex={1} className="pair-columns" style={{ height: HEAD.height }}>
            <span role="columnheader" aria-colindex={1} className="pair-corner" style={HEAD}>
              row against column
            </span>
            {columns.map((column) => (
              <span
                key={column}
                role="columnheader"
                aria-colindex={column + 2}
                className={column === at.column ? 'pair-column at' : 'pair-column'}
                style={{ left: HEAD.width + column * CELL.width, width: CELL.width }}
              >
                <span>{nameOf(names, order[column] ?? '')}</span>
              </span>
            ))}
          </div>
          {withRow(rows, at.row).map((row) => (
            <div
              key={row}
              role="row"
              aria-rowindex={row + 2}
              className="pair-row"
              style={{ top: HEAD.height + row * CELL.height, height: CELL.height }}
            >
              <span
                role="rowheader"
                aria-colindex={1}
                className={row === at.row ? 'pair-name at' : 'pair-name'}
                style={{ width: HEAD.width }}
              >
                {nameOf(names, order[row] ?? '')}
              </span>
              {(row === at.row ? withRow(columns, at.column) : columns).map((column) => {
                const lead = leadOf(outcome, order[row] ?? '', order[column] ?? '');
                const here = row === at.row && column === at.column;
                return (
                  <span
                    key={column}
                    id={cellId(row, column)}
                    role="gridcell"
                    aria-colindex={column + 2}
                    aria-selected={here}
                    className={`pair-cell ${row === column ? 'self' : kindOf(lead, most)}${here ? ' at' : ''}`}
                    style={{ left: HEAD.width + column * CELL.width, width: CELL.width }}
                    onPointerDown={() => setAt({ row, column })}
                  >
                    {row === column ? '' : signed(lead, 'en')}
                  </span>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <figcaption aria-live="polite">
        {a === b
          ? `${nameOf(names, a)} stands in this row and column.`
          : cellSentence(outcome, a, b, names, 'en')}
      </figcaption>
    </figure>
  );
}

const cellId = (row: number, column: number): string => `pair-${row}-${column}`;

const leadOf = (outcome: Outcome, a: string, b: string): number =>
  Number(outcome.pairwise[a]?.[b] ?? 0) - Number(outcome.pairwise[b]?.[a] ?? 0);

function largestLead(outcome: Outcome, order: readonly string[]): number {
  let most = 1;
  for (const a of order) for (const b of order) if (a !== b) most = Math.max(most, leadOf(outcome, a, b));
  return most;
}

const kindOf = (lead: number, most: number): string =>
  lead === 0 ? 'even' : `${lead > 0 ? 'win' : 'loss'} i${Math.ceil((Math.abs(lead) * STEPS) / most)}`;

function visible(scrolled: number, room: number, size: number, length: number): number[] {
  const first = Math.max(0, Math.floor(scrolled / size) - OVERSCAN);
  const last = Math.min(length, Math.ceil((scrolled + Math.max(0, room)) / size) + OVERSCAN);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

/** The row or column at hand stays drawn when scrolled away: aria-activedescendant must point at something. */
const withRow = (drawn: readonly number[], at: number): readonly number[] =>
  drawn.includes(at) ? drawn : [...drawn, at];

const measure = (element: HTMLElement) => ({
  left: element.scrollLeft,
  top: element.scrollTop,
  width: element.clientWidth,
  height: element.clientHeight,
});

function target(key: string, at: { row: number; column: number }, length: number) {
  const clamp = (value: number): number => Math.min(length - 1, Math.max(0, value));
  const to = (row: number, column: number) => ({ row: clamp(row), column: clamp(column) });
  switch (key) {
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowLeft':
      return to(at.row, at.column - 1);
    case 'ArrowRight':
      return to(at.row, at.column + 1);
    case 'PageUp':
      return to(at.row - 10, at.column);
    case 'PageDown':
      return to(at.row + 10, at.column);
    case 'Home':
      return to(at.row, 0);
    case 'End':
      return to(at.row, length);
    default:
      return null;
  }
}

/** Scrolls so that the cell is in view beside the headings, which stay in place. */
function reveal(element: HTMLElement | null, { row, column }: { row: number; column: number }): void {
  if (element === null) return;
  const [top, left] = [row * CELL.height, column * CELL.width];
  const [height, width] = [element.clientHeight - HEAD.height, element.clientWidth - HEAD.width];
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + CELL.height > element.scrollTop + height) element.scrollTop = top + CELL.height - height;
  if (left < element.scrollLeft) element.scrollLeft = left;
  else if (left + CELL.width > element.scrollLeft + width) element.scrollLeft = left + CELL.width - width;
}
