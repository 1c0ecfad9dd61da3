import { phrase } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { useDefinition } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { hostName, lineUrl } from '../../lib/host-links.ts';
import { Button } from '../../parts/Button.tsx';
import { Copyable } from '../../parts/Copyable.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/missing.json' with { type: 'json' };

/** Where the files of candidates belong, while nobody stands who could be voted for. */
export function AddCandidates({ election }: { election: ElectionOverview }) {
  const host = useHost();
  const { data: definition } = useDefinition(election.key);
  const { candidates: words } = texts;
  if (definition === undefined) return null;
  const { meta, folder } = definition;
  const at = hostName(meta);
  const seen = lineUrl(meta, folder, 0);
  return (
    <Panel title={words.title}>
      <p className="reading">{words.text}</p>
      <p>
        <Copyable what="folder" text={folder === '' ? '.' : folder} className="command" />
      </p>
      {at === null || seen === null ? null : (
        <Button tone="primary" onPress={() => void host.openExternal(seen)}>
          {phrase(words.folder, { at }, 'en')}
        </Button>
      )}
    </Panel>
  );
}
