import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import type { Choice } from './ranking.ts';

/** What the voter asked of one row. */
export type RowAct = 'up' | 'down' | 'tie' | 'untie' | 'next' | { readonly choice: Choice };

interface Props {
  readonly id: string;
  readonly choice: Choice;
  /** How many places there are to choose from. */
  readonly places: number;
  /** The place after the last one taken. */
  readonly next: number;
  readonly tied: boolean;
  readonly first: boolean;
  readonly dragged: boolean;
  /** Begins dragging; left out where the list does not show the ranking, and dragging would mean nothing. */
  readonly onGrip?: (id: string, event: React.PointerEvent<HTMLElement>) => void;
  readonly act: (id: string, act: RowAct) => void;
}

/** One candidate on the ballot, with every way to place them. */
export function Row({ id, choice, places, next, tied, first, dragged, onGrip, act }: Props) {
  const { page, candidateOf, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const name = nameOf(id);
  const candidate = candidateOf(id);
  const isRanked = typeof choice === 'number';

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowUp') act(id, 'up');
    else if (event.key === 'ArrowDown') act(id, 'down');
    else if (/^[1-9]$/.test(event.key) && Number(event.key) <= places) act(id, { choice: Number(event.key) });
    else if ((event.key === '0' || event.key === 'Delete') && paper.manifest.allowNoOpinion)
      act(id, { choice: 'none' });
    else return;
    event.preventDefault();
  };

  return (
    <li className={`row${dragged ? ' dragging' : ''}${choice === 'none' ? ' none' : ''}`} data-row={id}>
      <select
        className="place"
        data-control="place"
        aria-label={fill(t.placeOf, { name })}
        value={isRanked ? String(choice) : ''}
        onChange={(event) =>
          act(id, { choice: event.target.value === '' ? null : Number(event.target.value) })
        }
      >
        <option value="">–</option>
        {Array.from({ length: places }, (_, i) => (
          <option key={i} value={i + 1}>
            {i + 1}
          </option>
        ))}
      </select>
      <div className="row-name">
        <b lang={page.data.contentLang}>{name}</b>
        {candidate.slug && (
          <a
            href={`${page.base}elections/${page.data.key}/candidates/${candidate.slug}/`}
            target="_blank"
            rel="noopener"
            aria-label={fill(t.profileOf, { name })}
          >
            {t.profile}
          </a>
        )}
      </div>
      <div className="row-acts">
        {!isRanked && (
          <button
            type="button"
            className="act first-act"
            data-control="next"
            aria-label={fill(t.placeNextFor, { name, n: next })}
            onClick={() => act(id, 'next')}
          >
            {fill(t.placeNext, { n: next })}
          </button>
        )}
        {isRanked && !tied && first && <span className="act first-act blank" />}
        {isRanked && !tied && !first && (
          <button
            type="button"
            className="act first-act"
            data-control="tie"
            aria-label={fill(t.tieAbove, { name })}
            onClick={() => act(id, 'tie')}
          >
            {t.tieAboveShort}
          </button>
        )}
        {isRanked && tied && (
          <button
            type="button"
            className="act first-act"
            data-control="untie"
            aria-label={fill(t.untie, { name })}
            onClick={() => act(id, 'untie')}
          >
            {t.untieShort}
          </button>
        )}
        {paper.manifest.allowNoOpinion && (
          <label className="act check">
            <input
              type="checkbox"
              data-control="none"
              checked={choice === 'none'}
              aria-label={fill(t.noOpinionOn, { name })}
              onChange={(event) => act(id, { choice: event.target.checked ? 'none' : null })}
            />
            <span aria-hidden="true">{t.noOpinion}</span>
          </label>
        )}
        <button
          type="button"
          className="act icon"
          data-control="up"
          disabled={first && !tied}
          aria-label={fill(t.up, { name })}
          onClick={() => act(id, 'up')}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 13V3M3.5 7.5 8 3l4.5 4.5" />
          </svg>
        </button>
        <button
          type="button"
          className="act icon"
          data-control="down"
          disabled={!isRanked}
          aria-label={fill(t.down, { name })}
          onClick={() => act(id, 'down')}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M8 3v10M3.5 8.5 8 13l4.5-4.5" />
          </svg>
        </button>
      </div>
      <button
        type="button"
        className="act icon grip"
        data-control="grip"
        aria-label={fill(t.drag, { name })}
        aria-describedby="drag-help"
        onKeyDown={onKeyDown}
        {...(onGrip ? { onPointerDown: (event: React.PointerEvent<HTMLElement>) => onGrip(id, event) } : {})}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 5h12M2 8h12M2 11h12" />
        </svg>
      </button>
    </li>
  );
}
