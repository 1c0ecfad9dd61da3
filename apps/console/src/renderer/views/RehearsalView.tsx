import { useState } from 'react';
import { Input, Label, NumberField } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import type { ElectionOverview } from '../backend/model.ts';
import { useDefinition } from '../backend/queries.ts';
import { useBackend, useHost } from '../host/host-context.ts';
import { fileName } from '../lib/file-name.ts';
import { headline, namer } from '../lib/outcome-text.ts';
import { Button } from '../parts/Button.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useToast } from '../parts/toast.tsx';
import { Pairs } from './result/Pairs.tsx';
import { Ranking } from './result/Ranking.tsx';
import { Steps } from './result/Steps.tsx';
import { WhoBeatsWhom } from './result/WhoBeatsWhom.tsx';

/** A mock election on a copy: made-up ballots, counted by the real rule. Nothing is stored. */
export function RehearsalView({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const host = useHost();
  const toast = useToast();
  const definition = useDefinition(election.key);
  const [ballots, setBallots] = useState(200);
  const [seed, setSeed] = useState(1);
  const rehearsal = useMutation({ mutationFn: () => backend.rehearse(election.key, ballots, seed) });
  const cards = definition.data?.candidates ?? [];
  const names = Object.fromEntries(cards.map((card) => [card.id, card.name]));
  return (
    <>
      <p className="reading">
        Holds this election once with made-up ballots, so that you can see seats, ties and reports before
        anybody votes. Nothing is stored and no real ballot is touched.
      </p>
      <div className="rehearsal-form">
        <NumberField className="field" value={ballots} onChange={setBallots} minValue={1} maxValue={10_000}>
          <Label>Ballots</Label>
          <Input />
        </NumberField>
        <NumberField
          className="field"
          value={seed}
          onChange={setSeed}
          minValue={0}
          maxValue={4_294_967_295}
          formatOptions={{ useGrouping: false }}
        >
          <Label>Seed (the same makes up the same)</Label>
          <Input />
        </NumberField>
        <Button
          tone="primary"
          isDisabled={rehearsal.isPending || election.candidates === 0}
          onPress={() => rehearsal.mutate()}
        >
          {rehearsal.isPending ? 'Counting ...' : 'Hold a rehearsal'}
        </Button>
      </div>
      {election.candidates === 0 ? <Notice tone="info" title="This election has no candidates yet" /> : null}
      {rehearsal.error ? <ErrorNotice error={rehearsal.error} /> : null}
      {rehearsal.data === undefined ? null : (
        <div className="rehearsal-result">
          <Notice tone="warn" title="Rehearsal: made-up ballots, not a result">
            <p>{rehearsal.data.ballots} ballots were made up and counted by this election&rsquo;s rule.</p>
          </Notice>
          <p className="headline">{headline(rehearsal.data.outcome, null, namer(cards))}</p>
          <Button
            onPress={() => {
              const name = fileName(election.key, 'rehearsal-ballots.csv');
              void host
                .saveFile(name, rehearsal.data.ballotsCsv)
                .then((saved) => saved === 'saved' && toast(`Saved ${name}`));
            }}
          >
            Save made-up ballots (CSV)
          </Button>
          <Panel title="Ranking">
            <Ranking
              outcome={rehearsal.data.outcome}
              elected={rehearsal.data.outcome.seats.elected}
              definition={definition.data ?? null}
            />
          </Panel>
          <WhoBeatsWhom outcome={rehearsal.data.outcome} names={names} />
          <Pairs outcome={rehearsal.data.outcome} names={names} />
          <Steps outcome={rehearsal.data.outcome} names={names} />
        </div>
      )}
    </>
  );
}
