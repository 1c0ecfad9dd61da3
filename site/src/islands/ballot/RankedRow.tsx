import { memo } from 'react';
import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import type { RankAct } from './rank-acts.ts';

interface Props {
  readonly id: string;
  readonly dragged: boolean;
  /** Others share the place. */
  readonly tied: boolean;
  /** The names of those one place above; '' where there is nobody. */
  readonly upper: string;
  /** Nothing is left to move to, upwards or downwards. */
  readonly first: boolean;
  readonly last: boolean;
  readonly act: (id: string, act: RankAct) => void;
  readonly begin: (id: string, event: React.PointerEvent<HTMLElement>) => void;
}

const KEYS: Readonly<Record<string, RankAct>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  '=': 'tie',
  Delete: 'leave-out',
  Backspace: 'leave-out',
};

/** Somebody in the ranking: a handle to drag and to press keys on, and a button for each move. */
export const RankedRow = memo(function RankedRow(props: Props) {
  const { id, dragged, tied, upper, first, last, act, begin } = props;
  const { page, nameOf } = useBallot();
  const t = page.texts.ballot;
  const name = nameOf(id);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const what = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
    if (what === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    act(id, what);
    event.preventDefault();
  };
  const button = (
    what: 'tie' | 'separate' | 'up' | 'down',
    label: string,
    path: string,
    disabled = false,
  ) => (
    <button
      type="button"
      className="act icon"
      data-control={what}
      tabIndex={-1}
      disabled={disabled}
      aria-label={label}
      onClick={() => act(id, what)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
  return (
    <li className={dragged ? 'ranked-row dragging' : 'ranked-row'} data-ranked={id}>
      <button
        type="button"
        className="act icon grip"
        data-control="grip"
        aria-label={fill(t.move, { name })}
        aria-describedby="drag-keys"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => begin(id, event)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 5h12M2 8h12M2 11h12" />
        </svg>
      </button>
      <span className="ranked-name" lang={page.data.contentLang}>
        {name}
      </span>
      <span className="ranked-acts">
        {tied
          ? button('separate', fill(t.ownPlaceFor, { name }), 'M3 6h10M3 10h10M11 2 5 14')
          : upper !== '' && button('tie', fill(t.samePlaceFor, { name, names: upper }), 'M3 6h10M3 10h10')}
        {button('up', fill(t.up, { name }), 'M8 13V3M3.5 7.5 8 3l4.5 4.5', first)}
        {button('down', fill(t.down, { name }), 'M8 3v10M3.5 8.5 8 13l4.5-4.5', last)}
      </span>
    </li>
  );
});
