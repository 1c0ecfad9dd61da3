import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Refused, type DecideInput } from '../../backend/backend.ts';
import type { ElectionOverview, ExceptionRequest } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';

interface Props {
  readonly request: ExceptionRequest;
  readonly election: ElectionOverview;
  readonly onDecide: () => void;
}

const DONE: Readonly<Record<DecideInput['status'], string>> = {
  approved: 'Approved',
  declined: 'Declined',
  'more-information': 'Asked for more information',
};

/** Approve, decline or ask; the note is kept with the decision and shown to whoever asked. */
export function DecisionForm({ request, election, onDecide }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: (status: DecideInput['status']) =>
      backend.decide({
        key: election.key,
        id: request.id,
        version: request.version,
        status,
        note: note.trim(),
      }),
    onSuccess: (_, status) => {
      setNote('');
      toast(`${DONE[status]}: ${request.login}`);
    },
    onSettled: async (_, error) => {
      // After a conflict the other officer's decision must be seen before the next try.
      if (error === null || error instanceof Refused) {
        await Promise.all([
          client.invalidateQueries({ queryKey: ['exceptions', election.key] }),
          client.invalidateQueries({ queryKey: ['roll', election.key] }),
          client.invalidateQueries({ queryKey: ['overview'] }),
        ]);
      }
    },
  });
  const button = (status: DecideInput['status'], word: string, tone: 'primary' | 'plain' | 'danger') => (
    <Button
      tone={tone}
      isDisabled={decide.isPending || request.status === status}
      onPress={() => {
        onDecide();
        decide.mutate(status);
      }}
    >
      {word}
    </Button>
  );
  return (
    <section className="decision" aria-label="Decision">
      {decide.error ? <ErrorNotice error={decide.error} /> : null}
      <TextField className="field" value={note} onChange={setNote} maxLength={5000}>
        <Label>Note to {request.login} (optional)</Label>
        <TextArea rows={3} />
      </TextField>
      <div className="actions">
        {button('approved', 'Approve', 'primary')}
        {button('declined', 'Decline', 'danger')}
        {button('more-information', 'Ask for more', 'plain')}
      </div>
    </section>
  );
}
