import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CountBox, CountState } from '../../../shared/count.ts';
import type { ElectionOverview } from '../../backend/model.ts';
import { useHost } from '../../host/host-context.ts';
import type { HostCounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/count.json' with { type: 'json' };
import { ChooseRepository } from './ChooseRepository.tsx';
import { MovedNotice } from './MovedNotice.tsx';
import { RefusedNotice } from './RefusedNotice.tsx';
import { CountOfficers } from './CountOfficers.tsx';
import { type CountAct, CountStep } from './CountStep.tsx';
import { CountWork, useEffort } from './CountWork.tsx';

/** The count of an election whose key officers hold: what is due for this one, and who is waited for. */
export function CountByOfficers({ election }: { election: Pick<ElectionOverview, 'key'> }) {
  const { counts } = useHost();
  if (counts !== null) return <OwnCount election={election} counts={counts} />;
  return (
    <Panel title={texts.title}>
      <p className="reading">{texts.browser}</p>
    </Panel>
  );
}

function OwnCount({
  election: { key },
  counts,
}: {
  election: Pick<ElectionOverview, 'key'>;
  counts: HostCounts;
}) {
  const client = useQueryClient();
  const [receipt, setReceipt] = useState('');
  const running = useEffort(key, counts);
  const queryKey = ['count', key];
  // Dear, so it is done when the officer comes to this page, who may have waited for others, and when they ask for it.
  const look = useQuery({
    queryKey,
    queryFn: () => counts.look(key, receipt),
    staleTime: Infinity,
    refetchOnMount: 'always',
  });
  const act = useMutation({
    mutationFn: (step: CountAct) => counts[step](key, receipt),
    onSuccess: async (state) => {
      // A look that began before the act would put what it saw in the place of what was done.
      await client.cancelQueries({ queryKey });
      client.setQueryData<CountState>(queryKey, state);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['overview'] }),
  });
  const again = (): void => void client.invalidateQueries({ queryKey });
  const error = act.error ?? look.error;
  const isBusy = look.isFetching || act.isPending;
  return (
    <Panel title={texts.title}>
      {error === null ? null : <ErrorNotice error={error} again={act.error === null ? again : undefined} />}
      {isBusy ? <CountWork running={running} /> : null}
      {look.data === undefined || act.isPending ? null : (
        <Standing
          election={key}
          counts={counts}
          state={look.data}
          isBusy={isBusy}
          onAct={act.mutate}
          onChanged={again}
        />
      )}
      {asksForReceipt(look.data) ? (
        <TextField className="field ceremony-step" value={receipt} onChange={setReceipt}>
          <Label>{texts.receipt}</Label>
          <TextArea rows={2} spellCheck="false" />
        </TextField>
      ) : null}
      <div className="actions">
        <Button isDisabled={isBusy} onPress={again}>
          {texts.again}
        </Button>
      </div>
    </Panel>
  );
}

const asksForReceipt = (state: CountState | undefined): boolean =>
  state?.kind === 'no-receipt' || (state?.kind === 'box' && state.due !== 'counted');

interface Props {
  readonly election: string;
  readonly counts: HostCounts;
  readonly state: CountState;
  readonly isBusy: boolean;
  readonly onAct: (step: CountAct) => void;
  readonly onChanged: () => void;
}

function Standing(props: Props) {
  const { state } = props;
  switch (state.kind) {
    case 'repository':
      return <ChooseRepository {...props} because={state.because} />;
    case 'no-box':
      return (
        <Notice tone="info" title={texts['no-box'].title}>
          <p>{texts['no-box'].text}</p>
        </Notice>
      );
    case 'no-receipt':
      return (
        <Notice tone="warn" title={texts['no-receipt'].title}>
          <p>{texts['no-receipt'].text}</p>
        </Notice>
      );
    case 'refused':
      return <RefusedNotice title={texts.refused} answer={state} />;
    case 'box':
      return <Box {...props} box={state} />;
  }
}

function Box({ election, box, isBusy, onAct }: Props & { readonly box: CountBox }) {
  return (
    <>
      <MovedNotice note={box.note} />
      <div className="ceremony-step">
        <CountStep election={election} box={box} isBusy={isBusy} onAct={onAct} />
      </div>
      <div className="ceremony-step">
        <CountOfficers box={box} />
      </div>
    </>
  );
}
