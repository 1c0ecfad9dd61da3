import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';

type Withdrawal = ElectionOverview['withdrawals'][number];

/** Who withdrew after the first ballot: counted all the same until an officer confirms that the count goes without. */
export function Withdrawn({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const client = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<Withdrawal | null>(null);
  const strike = useMutation({
    mutationFn: ({ id, struck }: Withdrawal) => backend.strike(election.key, id, !struck),
    onSuccess: (_, { name, struck }) => toast(`${struck ? 'Counted again' : 'Counted without'}: ${name}`),
    onSettled: () => client.invalidateQueries(),
  });
  const { withdrawals, stage } = election;
  if (withdrawals.length === 0) return null;
  return (
    <Panel title="Withdrawn after the first ballot" className="no-print">
      <p className="reading">
        They stay on the ballot, since people have voted for them, and are counted until an officer confirms
        the withdrawal.
      </p>
      {strike.error ? <ErrorNotice error={strike.error} /> : null}
      <ul className="decisions">
        {withdrawals.map((each) => (
          <li key={each.id}>
            <p>
              <b>{each.name}</b> <span className="soft">({each.id})</span>
              <br />
              <span className={each.struck ? 'soft' : 'due'}>
                {each.struck ? '■ Confirmed: counted without' : '◆ Still counted: not confirmed'}
              </span>
              {each.reason === '' ? null : (
                <>
                  <br />
                  The file says: {each.reason}
                </>
              )}
            </p>
            {stage !== 'open' ? null : (
              <Button
                isPending={strike.isPending}
                onPress={() => (each.struck ? strike.mutate(each) : setAsked(each))}
              >
                {each.struck ? 'Take it back' : 'Confirm the withdrawal'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title={`Count without ${asked?.name ?? ''}?`}
        confirm="Count without"
        cancel="Not yet"
        onConfirm={() => {
          if (asked !== null) strike.mutate(asked);
        }}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
      >
        <p>
          Ask {asked?.name ?? 'the candidate'} whether they really withdraw: a merged file alone does not show
          who wrote it. Every ballot stays as it was cast; the others on it move up when it is counted.
        </p>
        <p>
          It can be taken back until the close, and lapses when the file says so no longer. The record keeps
          who confirmed it, and it stands in the signed result.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
