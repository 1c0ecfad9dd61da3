import { useMutation, useQueryClient } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
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

/** While people vote: the officer shows that they hold their share, so that a lost one is found before it is needed. */
export function SayAlive({ election }: { election: Pick<ElectionOverview, 'key' | 'custody'> }) {
  const { counts } = useHost();
  const { custody } = election;
  if (custody === null) return null;
  const { alive, threshold } = custody;
  return (
    <Panel title={texts.alive.title}>
      <p className="reading">{phrase(texts.alive.text, { alive, needed: threshold }, 'en')}</p>
      {counts === null ? (
        <p className="reading">{texts.alive.browser}</p>
      ) : (
        <OwnShare election={election.key} counts={counts} needed={threshold} />
      )}
    </Panel>
  );
}

interface Props {
  readonly election: string;
  readonly counts: HostCounts;
  readonly needed: number;
}

function OwnShare({ election, counts, needed }: Props) {
  const client = useQueryClient();
  const say = useMutation({
    mutationFn: () => counts.sayAlive(election),
    onSettled: () => client.invalidateQueries({ queryKey: ['overview'] }),
  });
  const { data: said, error } = say;
  if (said?.kind === 'repository')
    return (
      <ChooseRepository
        election={election}
        because={said.because}
        counts={counts}
        onChanged={() => say.mutate()}
      />
    );
  return (
    <>
      {error === null ? null : <ErrorNotice error={error} />}
      <RefusedNotice title={texts.refused} answer={said} />
      {said?.kind === 'alive' ? (
        <>
          <Notice tone="good" title={phrase(texts.alive.said, { alive: said.officers, needed }, 'en')} />
          <MovedNotice note={said.note} />
        </>
      ) : (
        <div className="actions">
          <Button tone="primary" isPending={say.isPending} onPress={() => say.mutate()}>
            {say.isPending ? texts.alive.working : texts.alive.action}
          </Button>
        </div>
      )}
    </>
  );
}
