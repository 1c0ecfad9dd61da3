import type { ElectionOverview } from '../../backend/model.ts';
import { useDefinition } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { editFileUrl, hostName, lineUrl, pathIn } from '../../lib/host-links.ts';
import { phrase } from '@elekto/words';
import { Button } from '../../parts/Button.tsx';
import { Copyable } from '../../parts/Copyable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/home.json' with { type: 'json' };

/** Candidates are files of their own; everything else that holds for a ballot stands in election.yaml. */
const isOfCandidates = (code: string): boolean =>
  code.startsWith('candidates-') || code === 'names-changed' || code === 'ids-recased';

/** The way to undo what the files say differently from the ballot: where they are, and who changed them. */
export function PutBack({ election }: { election: ElectionOverview }) {
  const host = useHost();
  const { data: definition } = useDefinition(election.key);
  const { back: words } = texts;
  if (definition === undefined) return null;
  const { meta, folder } = definition;
  const at = hostName(meta);
  const edit = editFileUrl(meta, pathIn(folder, 'election.yaml'));
  const seen = lineUrl(meta, folder, 0);
  const inElectionYaml = election.drift.some(({ code }) => !isOfCandidates(code));
  return (
    <Panel title={words.title}>
      <p className="reading">{words.text}</p>
      <p>
        <Copyable what="command" text={`git log -p -- ${folder === '' ? '.' : folder}`} className="command" />
      </p>
      <div className="actions">
        {at === null || edit === null || !inElectionYaml ? null : (
          <Button tone="primary" onPress={() => void host.openExternal(edit)}>
            {phrase(words.edit, { at }, 'en')}
          </Button>
        )}
        {at === null || seen === null ? null : (
          <Button tone={inElectionYaml ? 'plain' : 'primary'} onPress={() => void host.openExternal(seen)}>
            {phrase(words.folder, { at }, 'en')}
          </Button>
        )}
      </div>
    </Panel>
  );
}
