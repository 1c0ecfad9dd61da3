import type { Outcome } from '@elekto/tally';
import type { Names } from '@elekto/words';
import { Panel } from '../../parts/Panel.tsx';
import { Pairs } from './Pairs.tsx';
import { Ranking, type LimitedBy } from './Ranking.tsx';
import { Steps } from './Steps.tsx';
import { WhoBeatsWhom } from './WhoBeatsWhom.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
  readonly limit: LimitedBy | null;
}

/** Everything that a count says beyond who is elected. */
export function OutcomePanels({ outcome, names, limit }: Props) {
  return (
    <>
      <Panel title="Ranking">
        <Ranking outcome={outcome} names={names} limit={limit} />
      </Panel>
      <WhoBeatsWhom outcome={outcome} names={names} />
      <Pairs outcome={outcome} names={names} />
      <Steps outcome={outcome} names={names} />
    </>
  );
}
