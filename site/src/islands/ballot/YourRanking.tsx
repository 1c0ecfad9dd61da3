import { list } from '@elekto/words/phrase';
import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import { RankedRow } from './RankedRow.tsx';
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

  const item = (id: string, at: number) => {
    const tied = (tiers[at]?.length ?? 0) > 1;
    return (
      <RankedRow
        key={id}
        id={id}
        dragged={dragging?.id === id}
        tied={tied}
        upper={list((tiers[at - 1] ?? []).map(nameOf), page.lang)}
        first={at === 0 && !tied}
        last={at === tiers.length - 1 && !tied}
        act={act}
        begin={begin}
      />
    );
  };

  return (
    <>
      <p id="drag-keys" className="vh">
        {t.dragKeys}
      </p>
      {tiers.flat().length > 1 && (
        <p className="soft how-to-move" aria-hidden="true">
          {t.rankedHow}
        </p>
      )}
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
