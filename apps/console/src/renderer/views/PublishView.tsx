import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { boardFolder } from '@elekto/protocol/result';
import type { ElectionOverview } from '../backend/model.ts';
import { useDefinition, useResult } from '../backend/queries.ts';
import { useHost } from '../host/host-context.ts';
import { namesIn } from '../lib/pinned.ts';
import { useNow } from '../lib/server-clock.ts';
import { formatRelative } from '../lib/time.ts';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../parts/Notice.tsx';
import { MarkPublished } from './publish/MarkPublished.tsx';
import { OpenTies } from './publish/OpenTies.tsx';
import { PublishActions } from './publish/PublishActions.tsx';
import { SaveFiles } from './publish/SaveFiles.tsx';
import { ResultsEditor } from './publish/ResultsEditor.tsx';

/** results.md written, looked at, and taken to the meta repository with ballots.csv, results.json and the board of a count by officers. */
export function PublishView({ election }: { election: ElectionOverview }) {
  const host = useHost();
  const { backend } = host;
  const now = useNow();
  const counted = election.state === 'finalised' || election.state === 'published';
  const result = useResult(election.key, counted);
  const definition = useDefinition(election.key);
  const files = useQuery({
    queryKey: ['outcome', election.key, 'files'],
    enabled: counted,
    queryFn: async () => {
      const [draft, ballots, json] = await Promise.all([
        backend.resultsDraft(election.key),
        backend.ballotsCsv(election.key),
        backend.resultsJson(election.key),
      ]);
      const site = await host.site();
      const address = site === null ? null : new URL(`/elections/${election.key}/`, site).href;
      const board = await boardFolder(json, { ...backend.board(election.key), address });
      return { draft, ballots, json, board };
    },
  });
  const [edited, setEdited] = useState<string | null>(null);
  if (!counted) {
    return (
      <Notice
        tone="info"
        title={election.stage === 'held-elsewhere' ? 'Nothing to publish' : 'Nothing to publish yet'}
      >
        <p>
          {election.stage === 'held-elsewhere'
            ? 'It was not held here: whoever held it publishes its result.'
            : election.phase === 'ended'
              ? 'Close and count the election on the Result page first.'
              : `Voting ends ${formatRelative(election.closesAt, now)}. Its result can be published after that.`}
        </p>
      </Notice>
    );
  }
  const error = files.error ?? result.error;
  if (error && !files.data)
    return <ErrorNotice error={error} again={() => void Promise.all([files.refetch(), result.refetch()])} />;
  if (!files.data || !result.data || definition.isPending) return <Loading what="the draft" />;
  const all = (text: string) => [
    { name: 'results.md', content: text },
    { name: 'ballots.csv', content: files.data.ballots },
    { name: 'results.json', content: files.data.json },
    ...files.data.board,
  ];
  // The very files lie in the repository: nothing is left to be proposed. Its report is there as it was edited, not as drafted.
  if (election.published.state === 'signed') return <SaveFiles files={all('').slice(1)} />;
  const markdown = edited ?? files.data.draft;
  const undecided = result.data.outcome.seats.openTies.length > 0;
  return (
    <>
      {undecided ? (
        <OpenTies
          electionKey={election.key}
          outcome={result.data.outcome}
          names={namesIn(definition.data ?? null, result.data.manifest)}
        />
      ) : null}
      <ResultsEditor
        markdown={markdown}
        changed={edited !== null && edited !== files.data.draft}
        onChange={setEdited}
        onReset={() => setEdited(null)}
      />
      {undecided ? null : (
        <>
          <PublishActions election={election} definition={definition.data ?? null} files={all(markdown)} />
          <MarkPublished election={election} />
        </>
      )}
    </>
  );
}
