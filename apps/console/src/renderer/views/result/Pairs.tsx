import { useMemo, useState } from 'react';
import type { Outcome } from '@elekto/tally';
import { inResultOrder } from '@elekto/ui';
import { nameOf, pairSentence, type Names } from '@elekto/words';
import { Choice } from '../../parts/Choice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { PairGrid } from './PairGrid.tsx';

interface Props {
  readonly outcome: Outcome;
  readonly names: Names;
}

/** Every pair: the picture, and the sentences of one candidate at a time. */
export function Pairs({ outcome, names }: Props) {
  const order = useMemo(() => inResultOrder(outcome, names), [outcome, names]);
  const [chosen, setChosen] = useState(order[0] ?? '');
  const pairs = outcome.explanation.filter(({ first, second }) => first === chosen || second === chosen);
  return (
    <Panel title="Pair by pair">
      <PairGrid outcome={outcome} names={names} />
      <div className="pair-sentences">
        <Choice
          label="Every comparison of"
          value={chosen}
          options={order.map((id) => [id, nameOf(names, id)])}
          onChange={setChosen}
        />
        <ol className="sentences" tabIndex={0} aria-label={`Comparisons of ${nameOf(names, chosen)}`}>
          {pairs.map((pair) => (
            <li key={`${pair.first}>${pair.second}`}>{pairSentence(outcome, pair, names, 'en')}</li>
          ))}
        </ol>
      </div>
    </Panel>
  );
}
