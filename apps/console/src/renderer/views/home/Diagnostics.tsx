import type { ElectionOverview } from '../../backend/model.ts';
import { driftSentences } from '../../lib/drift.ts';
import { FoldedPart } from '../../parts/FoldedPart.tsx';

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;
const ORDER = ['error', 'warning', 'info'] as const;

type Diagnostic = ElectionOverview['diagnostics'][number];

/** What is wrong with the election's files, worst first, folded away when it is only notes. */
export function Diagnostics({ election }: { election: ElectionOverview }) {
  const { diagnostics, drift, staleSince } = election;
  const sorted = [...diagnostics].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const total = sorted.length + drift.length + (staleSince === null ? 0 : 1);
  if (total === 0) return null;
  const title = [
    describeCounts(sorted),
    drift.length > 0 ? `${drift.length} said otherwise by the files` : '',
    staleSince === null ? '' : 'an older version is served',
  ].filter(Boolean);
  return (
    <FoldedPart title={title.join(', ')} open={sorted.some(({ severity }) => severity === 'error')}>
      <ul>
        {staleSince === null ? null : (
          <li className="diagnostic diagnostic-error">
            <b>Error</b> The newest version cannot be read; the one of commit {staleSince.slice(0, 7)} is
            served.
          </li>
        )}
        {driftSentences(drift).map((sentence) => (
          <li key={sentence} className="diagnostic diagnostic-warning">
            <b>The files differ</b> {sentence}
          </li>
        ))}
        {sorted.map((item, index) => (
          <li key={`${item.code}-${index}`} className={`diagnostic diagnostic-${item.severity}`}>
            <b>{WORDS[item.severity]}</b> {item.message} {item.hint}
            <br />
            <code>{place(item)}</code>
          </li>
        ))}
      </ul>
    </FoldedPart>
  );
}

const place = ({ file, line, column }: Diagnostic): string =>
  line === 0 ? file : `${file}:${line}${column === 0 ? '' : `:${column}`}`;

function describeCounts(diagnostics: readonly Diagnostic[]): string {
  const parts = ORDER.map((severity) => {
    const count = diagnostics.filter((item) => item.severity === severity).length;
    return count === 0 ? '' : `${count} ${WORDS[severity].toLowerCase()}${count === 1 ? '' : 's'}`;
  }).filter(Boolean);
  return parts.length === 0 ? 'Metadata' : `Metadata: ${parts.join(', ')}`;
}
