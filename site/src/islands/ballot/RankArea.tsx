import {
  DndContext,
  DragOverlay,
  PointerSensor,
  closestCenter,
  pointerWithin,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import type { CollisionDetection, DragEndEvent } from '@dnd-kit/core';
import { Fragment, useMemo, useState } from 'react';
import { useBallot } from './context.ts';
import { Row } from './Row.tsx';
import type { RowAct } from './Row.tsx';
import { isInOrder, noOpinion, tiersOf, withoutPlace } from './ranking.ts';
import type { Choice, Draft } from './ranking.ts';

interface Props {
  readonly draft: Draft;
  readonly act: (id: string, act: RowAct) => void;
  /** Dropped between places (index) or on one of the two trays. */
  readonly drop: (id: string, where: number | 'none' | 'unplaced') => void;
}

/** Trays by where the pointer is; between places by what is nearest. */
const collide: CollisionDetection = (args) => {
  const within = pointerWithin(args).filter(
    (hit) => typeof hit.id === 'string' && !hit.id.startsWith('gap:'),
  );
  if (within.length > 0) return within;
  return closestCenter({
    ...args,
    droppableContainers: args.droppableContainers.filter((c) => String(c.id).startsWith('gap:')),
  });
};

function Gap({ index, shown }: { readonly index: number; readonly shown: boolean }) {
  const { setNodeRef, isOver } = useDroppable({ id: `gap:${index}` });
  return (
    <li
      ref={setNodeRef}
      className={`gap${shown ? ' shown' : ''}${isOver ? ' over' : ''}`}
      aria-hidden="true"
    />
  );
}

function Tray({
  id,
  children,
  className,
}: {
  readonly id: string;
  readonly className: string;
  readonly children: React.ReactNode;
}) {
  const { setNodeRef, isOver } = useDroppable({ id });
  return (
    <section ref={setNodeRef} className={`${className}${isOver ? ' over' : ''}`}>
      {children}
    </section>
  );
}

/** The candidates: as a ballot with numbered places when in order, else as a list that stays put. */
export function RankArea({ draft, act, drop }: Props) {
  const { page, nameOf, paper } = useBallot();
  const t = page.texts.ballot;
  const [dragged, setDragged] = useState<string | null>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const tiers = useMemo(() => tiersOf(draft), [draft]);
  const inOrder = isInOrder(draft);
  const choiceOf = new Map(draft.map((row) => [row.id, row.choice]));
  const common = { places: draft.length, next: nextPlace(draft), act };
  const row = (id: string, tied: boolean, first: boolean) => (
    <Row
      key={id}
      id={id}
      choice={choiceOf.get(id) as Choice}
      tied={tied}
      first={first}
      draggable={inOrder}
      {...common}
    />
  );
  const tierOf = new Map(tiers.flatMap((tier, i) => tier.map((id) => [id, { tier, i }] as const)));

  const end = ({ active, over }: DragEndEvent) => {
    setDragged(null);
    if (!over) return;
    const where = String(over.id);
    drop(
      String(active.id),
      where.startsWith('gap:') ? Number(where.slice(4)) : where === 'none' ? 'none' : 'unplaced',
    );
  };

  const unplaced = withoutPlace(draft);
  const none = noOpinion(draft);
  if (!inOrder) {
    return (
      <DndContext>
        <div className="list-frame">
          <ul className="rows">
            {draft.map(({ id }) => {
              const at = tierOf.get(id);
              return row(id, (at?.tier.length ?? 0) > 1, at?.i === 0);
            })}
          </ul>
        </div>
      </DndContext>
    );
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collide}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={end}
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: t.dragHelp } }}
    >
      <div className="list-frame">
        {tiers.length > 0 && <h3 className="area">{t.rankedArea}</h3>}
        {(tiers.length > 0 || dragged !== null) && (
          <ol className="tiers">
            {tiers.map((tier, i) => (
              <Fragment key={i}>
                <Gap index={i} shown={dragged !== null} />
                <li className={tier.length > 1 ? 'tier tie' : 'tier'}>
                  {tier.length > 1 && <p className="tie-label">{t.tied}</p>}
                  <ul className="rows">{tier.map((id) => row(id, tier.length > 1, i === 0))}</ul>
                </li>
              </Fragment>
            ))}
            <Gap index={tiers.length} shown={dragged !== null} />
          </ol>
        )}
        {(unplaced.length > 0 || dragged !== null) && (
          <Tray id="unplaced" className="tray unplaced">
            {tiers.length + none.length > 0 && <h3 className="area">{t.unrankedArea}</h3>}
            <ul className="rows">{unplaced.map((id) => row(id, false, false))}</ul>
          </Tray>
        )}
        {paper.manifest.allowNoOpinion && (none.length > 0 || dragged !== null) && (
          <Tray id="none" className="tray none">
            <h3 className="area">
              {t.trayTitle} <span>{dragged === null ? t.trayText : t.dropTray}</span>
            </h3>
            <ul className="rows">{none.map((id) => row(id, false, false))}</ul>
          </Tray>
        )}
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged !== null && <div className="dragged">{nameOf(dragged)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

/** The place after the last one taken, counting ties as one. */
export function nextPlace(draft: Draft): number {
  return Math.min(
    draft.length,
    Math.max(0, ...draft.map((r) => (typeof r.choice === 'number' ? r.choice : 0))) + 1,
  );
}

/** Moves are announced by the ballot itself, in the voter's language. */
const SILENT = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};
