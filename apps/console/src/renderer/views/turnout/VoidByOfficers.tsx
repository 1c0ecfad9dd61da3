import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sameLogin } from '@elekto/election';
import { phrase } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { useMe, useProvider } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import type { HostCounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/void.json' with { type: 'json' };
import { ChooseRepository } from '../result/ChooseRepository.tsx';
import { RefusedNotice } from '../result/RefusedNotice.tsx';

/** Where officers hold the key, voting starts anew only once as many as open a count have signed that the ballots are void. */
export function VoidByOfficers({ election }: { election: ElectionOverview }) {
  const { counts } = useHost();
  const { custody, stage } = election;
  if (custody === null || stage !== 'open') return null;
  return (
    <Panel title={texts.title} className="no-print">
      <p className="reading">{phrase(texts.text, { needed: custody.threshold }, 'en')}</p>
      {counts === null ? (
        <p className="reading">{texts.browser}</p>
      ) : (
        <SignVoid election={election.key} counts={counts} />
      )}
    </Panel>
  );
}

function SignVoid({ election, counts }: { election: string; counts: HostCounts }) {
  const client = useQueryClient();
  const login = useMe().data?.login ?? null;
  const provider = useProvider();
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const queryKey = ['voids', election];
  const look = useQuery({ queryKey, queryFn: () => counts.lookAtVoids(election) });
  const sign = useMutation({
    mutationFn: (why: string) => counts.signVoid(election, why),
    onSettled: () => client.invalidateQueries(),
  });
  const { data: said } = sign;
  if (said?.kind === 'repository')
    return (
      <ChooseRepository
        election={election}
        because={said.because}
        counts={counts}
        onChanged={() => sign.mutate(reason.trim())}
      />
    );
  const { threshold = 0, signed = [] } = look.data?.kind === 'voids' ? look.data : {};
  const error = sign.error ?? look.error;
  const same = signed.filter((each) => each.reason === reason.trim()).length;
  return (
    <>
      {error === null ? null : (
        <ErrorNotice error={error} again={sign.error === null ? () => void look.refetch() : undefined} />
      )}
      <RefusedNotice title={texts.refused} answer={said} />
      {signed.map(({ login: by, reason: why }) => (
        <Notice key={by} tone="warn" title={phrase(texts.by, { by }, 'en')}>
          <blockquote className="reading">{why}</blockquote>
          {login !== null && sameLogin(by, login, provider) ? null : (
            <Button
              onPress={() => {
                setReason(why);
                setAsking(true);
              }}
            >
              {texts.same}
            </Button>
          )}
        </Notice>
      ))}
      <TextField className="field" value={reason} onChange={setReason} maxLength={1000}>
        <Label>{texts.reason}</Label>
        <Input placeholder={texts.example} />
      </TextField>
      <div className="actions">
        <Button
          tone="danger"
          isPending={sign.isPending}
          isDisabled={reason.trim() === ''}
          onPress={() => setAsking(true)}
        >
          {sign.isPending ? texts.working : texts.action}
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={texts.confirm.title}
        confirm={texts.confirm.button}
        cancel={texts.confirm.cancel}
        danger
        onConfirm={() => sign.mutate(reason.trim())}
        onOpenChange={setAsking}
      >
        <p>{phrase(texts.confirm.text, { signed: same, needed: threshold }, 'en')}</p>
        <blockquote className="reading">{reason.trim()}</blockquote>
      </ConfirmDialog>
    </>
  );
}
