import { useState } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, TextField } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { tieSentence } from '../../lib/outcome-text.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import { nameOf, type Names } from '@elekto/ui';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly names: Names;
}

/** A tie at the last seat is decided by people; here it is written down, with who says so. */
export function TieDecisionForm({ election, result, names }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  const [winners, setWinners] = useState<readonly string[]>([]);
  const [how, setHow] = useState('');
  const record = useMutation({
    mutationFn: () => backend.recordTieDecision(election.key, winners, how.trim()),
    onSuccess: async () => {
      toast('Decision recorded');
      setWinners([]);
      setHow('');
      await client.invalidateQueries({ queryKey: ['outcome', election.key] });
    },
  });
  const [tie] = result.outcome.seats.openTies;
  if (tie === undefined) return null;
  const complete = winners.length === tie.seats && how.trim() !== '';
  return (
    <Panel title="Decide the tie" className="no-print">
      <p className="reading">
        {tieSentence(tie, (id) => nameOf(names, id))} The count leaves it open. Decide it as your charter says
        (a lot drawn in public, a run-off), then record it here; it is published with the result.
      </p>
      {record.error ? <ErrorNotice error={record.error} /> : null}
      <CheckboxGroup className="field" value={[...winners]} onChange={setWinners}>
        <Label>
          Who takes {tie.seats === 1 ? 'the seat' : `the ${tie.seats} seats`} ({winners.length} of {tie.seats}{' '}
          chosen)
        </Label>
        <div className="checks">
          {tie.candidates.map((id) => (
            <Checkbox
              key={id}
              value={id}
              className="check"
              isDisabled={!winners.includes(id) && winners.length >= tie.seats}
            >
              {nameOf(names, id)}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <TextField className="field" value={how} onChange={setHow} maxLength={1000}>
        <Label>How it was decided</Label>
        <Input placeholder="Drawn by lot in the public meeting of 4 October" />
      </TextField>
      <Button tone="primary" isDisabled={!complete || record.isPending} onPress={() => record.mutate()}>
        Record decision
      </Button>
    </Panel>
  );
}
