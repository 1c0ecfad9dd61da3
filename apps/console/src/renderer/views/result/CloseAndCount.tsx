import { useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { formatUtc } from '../../lib/time.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** Closing is for good, so it asks first and says what it does. */
export function CloseAndCount({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = useMutation({
    mutationFn: () => backend.close(election.key),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Panel title="Close and count">
      <p className="reading">
        Voting ended on {formatUtc(election.closesAt)}. Closing locks the ballot box for good, mixes the
        ballots, counts them and destroys the keys.{' '}
        {election.trouble === null
          ? 'The server does it by itself, mostly within a minute; you need to press this only if you do not want to wait.'
          : 'The server tries again by itself; press this when what is wrong has been mended and you do not want to wait.'}
      </p>
      {close.error ? <ErrorNotice error={close.error} /> : null}
      {close.isPending ? (
        <ProgressBar aria-label="Closing and counting" isIndeterminate className="progress">
          <span>Closing the ballot box, opening {election.cast ?? 'the'} ballots, counting ...</span>
          <div className="progress-track">
            <div className="progress-fill" />
          </div>
        </ProgressBar>
      ) : (
        <Button tone="primary" onPress={() => setAsking(true)}>
          Close and count
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        title="Close this ballot box for good?"
        confirm="Close and count"
        cancel="Keep it as it is"
        onConfirm={() => close.mutate()}
        onOpenChange={setAsking}
      >
        <p>
          No ballot can be cast, changed or withdrawn afterwards, also when the end is moved to a later date.
          This cannot be undone.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
