import { numeral } from '@elekto/words';
import type { ElectionOverview } from '../../backend/model.ts';
import { useOverview } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { lineUrl } from '../../lib/host-links.ts';
import { SEVERITY_WORDS } from '../../lib/home.ts';
import { Button } from '../../parts/Button.tsx';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';

const ORDER = ['error', 'warning', 'info'] as const;

type Diagnostic = ElectionOverview['diagnostics'][number];

interface Props {
  readonly elections: readonly ElectionOverview[];
  /** Of folders that cannot be read at all, and of the repository. */
  readonly others: readonly Diagnostic[];
}

/** What is wrong in the repository, worst first, with the line at its host and what to do; mere notes are folded away. */
export function Problems({ elections, others }: Props) {
  const all = [...others, ...elections.flatMap(({ diagnostics }) => diagnostics)].sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
  const grave = all.filter(({ severity }) => severity !== 'info');
  const notes = all.filter(({ severity }) => severity === 'info');
  if (all.length === 0) return null;
  return (
    <Panel title="Repository problems">
      <ul className="problems">
        {grave.map((item, index) => (
          <Problem key={`${item.code}-${index}`} item={item} />
        ))}
      </ul>
      {notes.length === 0 ? null : (
        <FoldedPart title={notes.length === 1 ? 'One note' : `${numeral(notes.length, 'en')} notes`}>
          <ul className="problems">
            {notes.map((item, index) => (
              <Problem key={`${item.code}-${index}`} item={item} />
            ))}
          </ul>
        </FoldedPart>
      )}
    </Panel>
  );
}

function Problem({ item }: { item: Diagnostic }) {
  const host = useHost();
  const meta = useOverview().data?.meta;
  const { severity, message, hint, file, line } = item;
  const url = meta === undefined ? null : lineUrl(meta, file, line);
  const place = line === 0 ? file : `${file}:${line}`;
  return (
    <li className={`diagnostic diagnostic-${severity}`}>
      <b>{SEVERITY_WORDS[severity]}</b> {message} {hint}
      <br />
      {url === null ? (
        <code>{place}</code>
      ) : (
        <Button tone="quiet" onPress={() => void host.openExternal(url)}>
          <code>{place}</code>
        </Button>
      )}
    </li>
  );
}
