import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly published: boolean;
}

/** The last step, after the pull request was merged. */
export function MarkPublished({ election, published }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const mark = useMutation({
    mutationFn: () => backend.published(election.key),
    onSettled: () => client.invalidateQueries(),
  });
  if (published) return null;
  return (
    <Panel title="When it is merged">
      <p className="reading">Tell the server once the files are in the meta repository.</p>
      {mark.error ? <ErrorNotice error={mark.error} /> : null}
      <Button isDisabled={mark.isPending} onPress={() => setAsking(true)}>
        Mark as published
      </Button>
      <ConfirmDialog
        open={asking}
        title="Is the result in the meta repository?"
        confirm="Mark as published"
        cancel="Not yet"
        onConfirm={() => mark.mutate()}
        onOpenChange={setAsking}
      >
        <p>
          With <code>delete_after: true</code> the server then destroys the sealed link between voters and
          their ballots. This cannot be undone.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
