import { useMutation, useQueryClient } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import type { CeremonyElection, CeremonyView } from '../../../shared/keys.ts';
import type { HostKeys } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/keys.json' with { type: 'json' };
import { notShown } from './ceremony-words.ts';

/** For each election of a key that exists: whether enough officers have shown that they hold their shares. */
export function Readiness({ keys, ceremony }: { keys: HostKeys; ceremony: CeremonyView }) {
  if (!ceremony.inGit) return null;
  return ceremony.elections.map((election) => (
    <ReadyFor key={election.key} keys={keys} ceremony={ceremony} election={election} />
  ));
}

interface Props {
  readonly keys: HostKeys;
  readonly ceremony: CeremonyView;
  readonly election: CeremonyElection;
}

function ReadyFor({ keys, ceremony, election }: Props) {
  const client = useQueryClient();
  const say = useMutation({
    mutationFn: () => keys.sayReady(ceremony.file, election.key),
    onSettled: () => client.invalidateQueries({ queryKey: ['ceremonies'] }),
  });
  const { name, ready } = election;
  const isDue = notShown(ceremony).includes(election);
  const text = texts.ready[ready.length >= ceremony.threshold ? 'enough' : 'some'];
  return (
    <div className="ceremony-step">
      <p className="reading">
        {phrase(text, { name, ready: ready.length, needed: ceremony.threshold }, 'en')}
      </p>
      {say.error ? <ErrorNotice error={say.error} /> : null}
      {say.data?.why ? (
        <Notice tone="bad" title={texts.ready['not-shown']}>
          <p>{texts.ready.why[say.data.why]}</p>
        </Notice>
      ) : null}
      {isDue ? (
        <Button tone="primary" isPending={say.isPending} onPress={() => say.mutate()}>
          {texts.ready.action}
        </Button>
      ) : null}
    </div>
  );
}
