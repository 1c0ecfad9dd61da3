import { phrase } from '@elekto/words';
import type { Definition, ElectionOverview } from '../../backend/model.ts';
import { useHost } from '../../host/host-context.ts';
import { editFileUrl, hostName, newFilePage } from '../../lib/host-links.ts';
import { Button } from '../../parts/Button.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/missing.json' with { type: 'json' };

interface Props {
  readonly election: ElectionOverview;
  readonly path: string;
  readonly definition: Definition | null;
}

/** What a file of the roll begins with. */
const FRESH = 'eligible_voters:\n- \n';

/** The way to a first roll, before the opening of an election whose roll names nobody. */
export function AddPeople({ election: { wouldWait }, path, definition }: Props) {
  const host = useHost();
  const { roll: words } = texts;
  const meta = definition?.meta;
  const at = (meta === undefined ? null : hostName(meta)) ?? '';
  const isMissing = wouldWait === 'voters-missing';
  const page =
    meta === undefined
      ? null
      : isMissing
        ? (newFilePage(meta, definition?.folder ?? '', 'voters.yaml', FRESH)?.address ?? null)
        : editFileUrl(meta, path);
  return (
    <Panel title={words.title}>
      <p className="reading">
        {isMissing ? words.missing : wouldWait === 'voters-unreadable' ? words.unreadable : words.empty}
      </p>
      {page === null ? null : (
        <Button tone="primary" onPress={() => void host.openExternal(page)}>
          {phrase(isMissing ? words.add : words.edit, { at }, 'en')}
        </Button>
      )}
    </Panel>
  );
}
