import { list } from '@elekto/words/phrase';
import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import type { RankAct } from './rank-acts.ts';
import { tiersOf } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { useDrag } from './use-drag.ts';
import type { DropTarget } from './use-drag.ts';

interface Props {
  readonly draft: Draft;
  readonly act: (id: string, act: RankAct) => void;
}

/** Who is ranked, in order, ties in brackets. Here everything can be moved: by drag, by buttons, by keys. */
export function YourRanking({ draft, act }: Props) {
  const { page, nameOf } = useBallot();
  const t = page.texts.ballot;
  const tiers = tiersOf(draft);
  const drop = (id: string, where: DropTarget) => act(id, where === 'out' ? 'leave-out' : where);
  const { dragging, begin } = useDrag(drop);
  const over = dragging?.over ?? null;
  const isOver = (kind: 'before' | 'with', index: number) =>
    over !== null && over !== 'out' && kind in over && Object.values(over)[0] === index;
  const gap = (index: number) => (
    <li className={isOver('before', index) ? 'gap over' : 'gap'} aria-hidden="true" />
  );

  const onKeyDown = (id: string, event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowUp') act(id, 'up');
    else if (event.key === 'ArrowDown') act(id, 'down');
    else if (event.key === '=') act(id, 'tie');
    else if (event.key === 'Delete' || event.key === 'Backspace') act(id, 'leave-out');
    else return;
    event.preventDefault();
  };
  const button = (id: string, what: RankAct, label: string, path: string, disabled = false) => (
    <button
      type="button"
      className="act icon"
      data-control={String(what)}
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
  const item = (id: string, tier: number) => {
    const name = nameOf(id);
    const tied = (tiers[tier]?.length ?? 0) > 1;
    const upper = list((tiers[tier - 1] ?? []).map(nameOf), page.lang);
    return (
      <li key={id} className={dragging?.id === id ? 'ranked-row dragging' : 'ranked-row'} data-ranked={id}>
        <button
          type="button"
          className="act icon grip"
          data-control="grip"
          aria-label={fill(t.move, { name })}
          aria-describedby="drag-keys"
          onKeyDown={(event) => onKeyDown(id, event)}
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
            ? button(id, 'separate', fill(t.ownPlaceFor, { name }), 'M3 6h10M3 10h10M11 2 5 14')
            : tier > 0 && button(id, 'tie', fill(t.samePlaceFor, { name, names: upper }), 'M3 6h10M3 10h10')}
          {button(id, 'up', fill(t.up, { name }), 'M8 13V3M3.5 7.5 8 3l4.5 4.5', tier === 0 && !tied)}
          {button(
            id,
            'down',
            fill(t.down, { name }),
            'M8 3v10M3.5 8.5 8 13l4.5-4.5',
            tier === tiers.length - 1 && !tied,
          )}
        </span>
      </li>
    );
  };

  return (
    <>
      <p id="drag-keys" className="vh">
        {t.dragKeys}
      </p>
      {tiers.length === 0 && <p className="soft nobody">{t.sentence.empty}</p>}
      <ol className="tiers">
        {gap(0)}
        {tiers.flatMap((tier, i) => [
          <li
            key={tier.join(' ')}
            data-tier={i}
            className={`tier${tier.length > 1 ? ' tie' : ''}${isOver('with', i) ? ' over' : ''}`}
          >
            <span className="tier-no">
              <span className="vh">{fill(t.placeHeading, { n: i + 1 })}</span>
              <span aria-hidden="true">{i + 1}</span>
            </span>
            <div className="tier-body">
              {isOver('with', i) && (
                <p className="share" aria-hidden="true">
                  {fill(t.samePlaceAs, {
                    names: list(tier.filter((id) => id !== dragging?.id).map(nameOf), page.lang),
                  })}
                </p>
              )}
              {tier.length > 1 && <p className="tie-label">{t.tied}</p>}
              <ul className="rows">{tier.map((id) => item(id, i))}</ul>
            </div>
          </li>,
          <li
            key={`gap ${i + 1}`}
            className={isOver('before', i + 1) ? 'gap over' : 'gap'}
            aria-hidden="true"
          />,
        ])}
      </ol>
      {dragging && (
        <>
          <p className={over === 'out' ? 'out over' : 'out'} data-out aria-hidden="true">
            {t.leaveOut}
          </p>
          <div
            className="dragged"
            aria-hidden="true"
            style={{ transform: `translate(${dragging.x}px, ${dragging.y}px)` }}
          >
            {nameOf(dragging.id)}
          </div>
        </>
      )}
    </>
  );
}
