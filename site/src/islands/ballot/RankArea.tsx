import { Fragment, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useBallot } from './context.ts';
import { Row } from './Row.tsx';
import type { RowAct } from './Row.tsx';
import { isInOrder, noOpinion, tiersOf, withoutPlace } from './ranking.ts';
import type { Choice, Draft } from './ranking.ts';
import { useDrag } from './use-drag.ts';
import type { DropTarget } from './use-drag.ts';

interface Props {
  readonly draft: Draft;
  readonly act: (id: string, act: RowAct) => void;
  readonly drop: (id: string, where: DropTarget) => void;
}

interface TrayProps {
  readonly name: 'none' | 'unplaced';
  readonly over: boolean;
  readonly heading: ReactNode;
  readonly children: ReactNode;
}

function Tray({ name, over, heading, children }: TrayProps) {
  return (
    <section data-tray={name} className={`tray ${name}${over ? ' over' : ''}`}>
      {heading}
      <ul className="rows">{children}</ul>
    </section>
  );
}

/** The candidates: in order with ties as brackets and two trays, else as a list that stays put. */
export function RankArea({ draft, act, drop }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const { dragging, begin } = useDrag(drop);
  const tiers = useMemo(() => tiersOf(draft), [draft]);
  const inOrder = isInOrder(draft);
  const choiceOf = new Map(draft.map((row) => [row.id, row.choice]));
  const tierOf = new Map(tiers.flatMap((tier, i) => tier.map((id) => [id, { tier, i }] as const)));
  const row = (id: string) => {
    const at = tierOf.get(id);
    return (
      <Row
        key={id}
        id={id}
        choice={choiceOf.get(id) as Choice}
        places={draft.length}
        next={nextPlace(draft)}
        tied={(at?.tier.length ?? 0) > 1}
        first={at?.i === 0}
        dragged={dragging?.id === id}
        act={act}
        {...(inOrder ? { onGrip: begin } : {})}
      />
    );
  };

  if (!inOrder) {
    return (
      <div className="list-frame">
        <ul className="rows">{draft.map(({ id }) => row(id))}</ul>
      </div>
    );
  }

  const unplaced = withoutPlace(draft);
  const none = noOpinion(draft);
  const over = dragging?.over ?? null;
  const gap = (index: number) => (
    <li
      data-gap={index}
      className={`gap${dragging ? ' shown' : ''}${over === index ? ' over' : ''}`}
      aria-hidden="true"
    />
  );
  return (
    <div className="list-frame">
      {tiers.length > 0 && <h3 className="area">{t.rankedArea}</h3>}
      {(tiers.length > 0 || dragging) && (
        <ol className="tiers">
          {tiers.map((tier, i) => (
            <Fragment key={i}>
              {gap(i)}
              <li className={tier.length > 1 ? 'tier tie' : 'tier'}>
                {tier.length > 1 && <p className="tie-label">{t.tied}</p>}
                <ul className="rows">{tier.map(row)}</ul>
              </li>
            </Fragment>
          ))}
          {gap(tiers.length)}
        </ol>
      )}
      {(unplaced.length > 0 || dragging) && (
        <Tray
          name="unplaced"
          over={over === 'unplaced'}
          heading={tiers.length + none.length > 0 && <h3 className="area">{t.unrankedArea}</h3>}
        >
          {unplaced.map(row)}
        </Tray>
      )}
      {paper.manifest.allowNoOpinion && (none.length > 0 || dragging) && (
        <Tray
          name="none"
          over={over === 'none'}
          heading={
            <h3 className="area">
              {t.trayTitle} <span>{dragging ? t.dropTray : t.trayText}</span>
            </h3>
          }
        >
          {none.map(row)}
        </Tray>
      )}
      {dragging && (
        <div
          className="dragged"
          aria-hidden="true"
          style={{ transform: `translate(${dragging.x}px, ${dragging.y}px)` }}
        >
          {nameOf(dragging.id)}
        </div>
      )}
    </div>
  );
}

/** The place after the last one taken, counting ties as one. */
export function nextPlace(draft: Draft): number {
  return Math.min(
    draft.length,
    Math.max(0, ...draft.map((r) => (typeof r.choice === 'number' ? r.choice : 0))) + 1,
  );
}
