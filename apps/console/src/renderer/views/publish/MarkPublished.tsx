import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionOverview } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** What the public is told as long as no result lies there. */
const PROSE_ALONE: readonly ElectionOverview['published']['state'][] = ['pending', 'report'];

/** For officers who publish prose alone; the files of a result are seen by the server itself. */
export function MarkPublished({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const mark = useMutation({
    mutationFn: () => backend.published(election.key),
    onSettled: () => client.invalidateQueries(),
  });
  // With a results.json there, whatever is wrong with it is mended in the repository.
  if (election.stage !== 'counted' || !PROSE_ALONE.includes(election.published.state)) return null;
  return (
    <Panel title="When it is merged">
      <p className="reading">
        There is nothing to press: the server sees results.json in the repository, compares it with its own,
        and then the result is published.
      </p>
      <p className="reading">
        Only if you publish results.md <em>without</em> results.json and ballots.csv, the server cannot see
        that, and you say so here. Nobody can check the result then, and the pages name no winner.
      </p>
      {mark.error ? <ErrorNotice error={mark.error} /> : null}
      <Button isPending={mark.isPending} onPress={() => setAsking(true)}>
        Mark as published without the files
      </Button>
      <ConfirmDialog
        open={asking}
        title="Publish your report alone?"
        confirm="Mark as published"
        cancel="Not yet"
        onConfirm={() => mark.mutate()}
        onOpenChange={setAsking}
      >
        <p>
          {election.published.state === 'report'
            ? 'The server sees your results.md in the repository.'
            : 'The server sees no results.md in the repository yet: merge it first.'}{' '}
          It takes down now that the result is published, and no tie can be decided any more.
        </p>
        <p>
          With <code>delete_after: true</code> the links between voters and their ballots are destroyed two
          weeks later, and until then voters find theirs. This cannot be undone.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
