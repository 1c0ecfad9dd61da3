import { useMutation } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import { useDefinition } from '../../backend/queries.ts';
import type { HostCounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };

interface Props {
  readonly election: string;
  readonly counts: HostCounts;
  readonly onChanged: () => void;
}

/** Asks once where the elections are; whoever names another place later is refused. */
export function ChooseRepository({ election, counts, onChanged }: Props) {
  const definition = useDefinition(election);
  const choose = useMutation({
    mutationFn: (source: string) => {
      const { folder = '', meta } = definition.data ?? {};
      const levels = election.split('---').length;
      return counts.chooseRepository({
        source,
        branch: meta?.branch ?? null,
        folder: folder.split('/').slice(0, -levels).join('/'),
      });
    },
    onSuccess: onChanged,
  });
  const source = definition.data?.meta.url ?? null;
  return (
    <Notice tone="warn" title={texts.repository.title}>
      <p>{source === null ? texts.repository.none : phrase(texts.repository.text, { source }, 'en')}</p>
      {choose.error === null ? null : <ErrorNotice error={choose.error} />}
      {source === null ? null : (
        <Button tone="primary" isPending={choose.isPending} onPress={() => choose.mutate(source)}>
          {texts.repository.action}
        </Button>
      )}
    </Notice>
  );
}
