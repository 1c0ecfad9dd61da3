import { useState } from 'react';
import { hasSecondOfficer, sameLogin } from '@elekto/election';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RestartStep } from '../../backend/backend.ts';
import type { ElectionOverview } from '../../backend/model.ts';
import { useDefinition, useMe, useProvider } from '../../backend/queries.ts';
import { useBackend } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** Voting starts anew with the present files when one officer asks and another confirms; nothing else removes a ballot. */
export function StartAnew({ election }: { election: ElectionOverview }) {
  const backend = useBackend();
  const client = useQueryClient();
  const login = useMe().data?.login ?? null;
  const provider = useProvider();
  const officers = useDefinition(election.key).data?.officers;
  const isAlone = officers !== undefined && !hasSecondOfficer({ officers, ...provider });
  // As it stood when it was pressed: what another officer does meanwhile must not make a wish a confirmation.
  const [asking, setAsking] = useState<Exclude<RestartStep, 'cancel'> | null>(null);
  const about = asking ?? 'ask';
  const restart = useMutation({
    mutationFn: (step: RestartStep) => backend.restart(election.key, step),
    onSettled: () => client.invalidateQueries(),
  });
  if (election.stage !== 'open') return null;
  const asked = election.restartAsked;
  const isMine = asked !== null && login !== null && sameLogin(asked.by, login, provider);
  return (
    <Panel title="Start voting anew" className="no-print">
      <p className="reading">
        {asked === null
          ? `Only when the files were wrong when people voted: everybody has to vote again, with the present files. ${isAlone ? 'You are its only officer, so nobody else confirms it.' : 'One officer asks and another confirms.'} Not in the last 24 hours.`
          : isMine
            ? 'You have asked for it. Another officer has to confirm it here.'
            : `${asked.by} asks for it. If you confirm, every ballot cast so far is void.`}
      </p>
      {restart.error ? <ErrorNotice error={restart.error} /> : null}
      <div className="actions">
        {isMine ? null : (
          <Button
            tone="danger"
            isPending={restart.isPending}
            isDisabled={officers === undefined}
            onPress={() => setAsking(asked === null ? 'ask' : 'confirm')}
          >
            {asked !== null ? 'Confirm and start anew' : isAlone ? 'Start anew' : 'Ask to start anew'}
          </Button>
        )}
        {asked === null ? null : (
          <Button isPending={restart.isPending} onPress={() => restart.mutate('cancel')}>
            Take it back
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asking !== null}
        title={
          about === 'ask' && !isAlone ? 'Ask to start voting anew?' : 'Void every ballot and start anew?'
        }
        confirm={about === 'ask' && !isAlone ? 'Ask for it' : 'Void all ballots'}
        cancel="Keep it as it is"
        danger
        onConfirm={() => restart.mutate(about)}
        onOpenChange={(open) => {
          if (!open) setAsking(null);
        }}
      >
        <p>
          {about === 'ask' ? (
            <b>
              {isAlone
                ? 'You are the only officer: it is done at once. '
                : 'It is done as soon as another officer confirms it. '}
            </b>
          ) : null}
          Every ballot cast so far becomes void, and its keys are destroyed. Who had voted is told and has to
          vote again. The record keeps {isAlone ? 'who did it' : 'who asked and who confirmed'}. This cannot
          be undone.
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
