import { useState } from 'react';
import { Input, Label, NumberField } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview } from '../backend/model.ts';
import { useDefinition } from '../backend/queries.ts';
import { useBackend } from '../host/host-context.ts';
import { Button } from '../parts/Button.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { ResultReport } from './result/ResultReport.tsx';

/** As many as the server takes: each one is sealed, cast, opened and counted like a real one. */
const MOST_BALLOTS = 200;

/** A mock election with made-up voters, from the opening to the verified result. Nothing is stored. */
export function RehearsalView({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const definition = useDefinition(election.key);
  const [ballots, setBallots] = useState(100);
  const [seed, setSeed] = useState(1);
  const client = useQueryClient();
  const rehearsal = useMutation({
    mutationFn: () => backend.rehearse(election.key, ballots, seed),
    // What comes next is something else now.
    onSuccess: () => client.invalidateQueries({ queryKey: ['overview'] }),
  });
  // Later it is nothing that anybody waits for.
  const isBefore = election.stage === 'upcoming' || election.stage === 'waiting';
  return (
    <>
      <p className="reading no-print">
        Holds this election once with made-up voters,{' '}
        {isBefore ? 'so that you see the whole of it before anybody votes' : 'by its files as they are now'}:
        ballots are sealed and cast, the box is closed and counted, and the result is verified. Where officers
        hold the key, made-up ones with throw-away keys mix and decrypt, and every step is shown. It happens
        in the server&rsquo;s memory with keys of its own, with at most {MOST_BALLOTS} ballots and for at most
        20 seconds. Only that it was held is kept, and the real ballot box is not touched.
      </p>
      <div className="rehearsal-form no-print">
        <NumberField
          className="field"
          value={ballots}
          onChange={setBallots}
          minValue={1}
          maxValue={MOST_BALLOTS}
        >
          <Label>Ballots (at most {MOST_BALLOTS})</Label>
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
          tone={isBefore ? 'primary' : 'plain'}
          isPending={rehearsal.isPending}
          isDisabled={election.candidates === 0}
          onPress={() => rehearsal.mutate()}
        >
          {rehearsal.isPending ? 'Holding it ...' : 'Hold a rehearsal'}
        </Button>
      </div>
      {election.candidates === 0 ? <Notice tone="info" title="This election has no candidates yet" /> : null}
      {rehearsal.error ? <ErrorNotice error={rehearsal.error} /> : null}
      {rehearsal.data === undefined || rehearsal.isPending ? null : (
        <div className="rehearsal-result">
          <Notice tone="warn" title="Rehearsal: made-up ballots, not a result">
            <p>
              {rehearsal.data.cast} made-up ballots went through a ballot box of their own. Nobody is elected
              by them.
            </p>
          </Notice>
          <ResultReport
            key={rehearsal.data.publicKey}
            election={election}
            result={rehearsal.data}
            definition={definition.data ?? null}
            rehearsal={rehearsal.data}
          />
        </div>
      )}
    </>
  );
}
