import type { Roll } from '../../backend/model.ts';
import { Panel } from '../../parts/Panel.tsx';

const WORDS = { error: 'Error', warning: 'Warning', info: 'Note' } as const;

/** Duplicates, differing case, bots, addresses: what the reader found, with its line. */
export function RollFindings({ diagnostics }: { diagnostics: Roll['diagnostics'] }) {
  return (
    <Panel title="Findings in voters.yaml">
      {diagnostics.length === 0 ? (
        <p className="soft">No duplicates, bots, addresses or impossible logins.</p>
      ) : (
        <ul>
          {diagnostics.map(({ code, severity, line, message, hint }, index) => (
            <li key={`${code}-${index}`} className={`diagnostic diagnostic-${severity}`}>
              <b>{WORDS[severity]}</b> {line === 0 ? '' : <span className="soft">Line {line}. </span>}
              {message} {hint}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
