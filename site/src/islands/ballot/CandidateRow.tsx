import { memo, useId } from 'react';
import { fill } from '../../texts/fill.ts';
import { useBallot } from './context.ts';
import { RowMenu } from './RowMenu.tsx';
import type { RankAct } from './rank-acts.ts';

interface Props {
  readonly id: string;
  readonly place: number | null;
  /** Whether the search leaves the row. */
  readonly isFound: boolean;
  /** The digits of the place that are typed while another one may belong to it, else ''. */
  readonly typed: string;
  /** The names of those who share the place, in a list. */
  readonly tiedWith: string;
  /** While the menu is open, the names of those whose place the candidate would share, '' for nobody; null: it is closed. */
  readonly menu: string | null;
  readonly onMenu: (id: string | null) => void;
  /** Whether Tab comes here; the arrows go to the other rows. */
  readonly tabStop: boolean;
  readonly isNew: boolean;
  readonly act: (id: string, act: RankAct) => void;
  readonly onKeyDown: (id: string, event: React.KeyboardEvent) => void;
  readonly onProfile: (id: string) => void;
}

/** One candidate: the whole row is the button that gives the next place or takes it away. */
export const CandidateRow = memo(function CandidateRow(props: Props) {
  const { id, place, isFound, typed, tiedWith, menu, onMenu, tabStop, isNew, act, onKeyDown, onProfile } =
    props;
  const { page, nameOf, aboutOf, candidateOf } = useBallot();
  const t = page.texts.ballot;
  const saysId = useId();
  const about = aboutOf(id);
  const says =
    place === null
      ? t.notRanked
      : tiedWith === ''
        ? fill(t.placeHeading, { n: place })
        : fill(t.placeTied, { n: place, names: tiedWith });
  // Nothing but the numeral changes: a row that grew would push those below from under the finger.
  const [shown, numeral] =
    typed !== '' ? [typed, ' typed'] : tiedWith !== '' ? [place, ' shared'] : [place, ''];
  return (
    <li className={place === null ? 'row' : 'row ranked'} data-row={id} hidden={!isFound}>
      <button
        type="button"
        className="pick"
        data-control="pick"
        tabIndex={tabStop ? 0 : -1}
        aria-pressed={place !== null}
        aria-describedby={`${saysId} rank-keys`}
        onClick={() => act(id, 'toggle')}
        onKeyDown={(event) => onKeyDown(id, event)}
      >
        <span className={`numeral${numeral}`} aria-hidden="true">
          {shown}
        </span>
        <span className="who" lang={page.data.contentLang}>
          <b>{nameOf(id)}</b>
          {isNew && <span className="mark">{t.newOnBallot}</span>}
          {about !== '' && <span className="about">{about}</span>}
        </span>
      </button>
      {/* Read with the button, and never laid out: the places of all may change at once. */}
      <span id={saysId} hidden>
        {says}
      </span>
      <RowMenu
        id={id}
        ranked={place !== null}
        tied={tiedWith !== ''}
        aboveNames={menu}
        onMenu={onMenu}
        act={act}
        {...(candidateOf(id).slug === '' ? {} : { onProfile })}
      />
    </li>
  );
});
