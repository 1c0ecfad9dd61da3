import type { Outcome } from '@elekto/tally';
import { BeatGraph, BeatList } from '@elekto/ui';
import { type Names } from '@elekto/words';
import { Panel } from '../../parts/Panel.tsx';
import { FoldedPart } from '../../parts/FoldedPart.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

/** Past this many boxes the picture says less than its list. */
export const MOST_IN_PICTURE = 40;

/** The relation as a picture with a list twin. */
export function WhoBeatsWhom({ outcome, names }: Props) {
  if (outcome.candidates.length < 2) return null;
  return (
    <Panel title="Who beats whom">
      {outcome.candidates.length > MOST_IN_PICTURE ? (
        <p className="soft">With more than {MOST_IN_PICTURE} candidates only the list is shown.</p>
      ) : (
        <div className="graph-scroll" tabIndex={0} role="group" aria-label="Picture of who beats whom">
          <BeatGraph outcome={outcome} names={names} lang="en" />
        </div>
      )}
      <FoldedPart title="As a list">
        <BeatList outcome={outcome} names={names} lang="en" />
      </FoldedPart>
    </Panel>
  );
}
