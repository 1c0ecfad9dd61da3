import { checkWords } from '@elekto/words';
import type { ElectionOverview, Rehearsal } from '../../backend/model.ts';
import { useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { Button } from '../../parts/Button.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly rehearsal: Rehearsal;
}

/** The files a real result comes with, named as rehearsed, and what verifying them found. */
export function RehearsedFiles({ election, rehearsal }: Props) {
  const host = useHost();
  const toast = useToast();
  const files = [
    ['rehearsal-ballots.csv', 'Made-up ballots (CSV)', rehearsal.ballotsCsv],
    ['rehearsal-results.json', 'Rehearsed result (JSON)', rehearsal.resultsJson],
    ['rehearsal-results.md', 'Rehearsed results.md', rehearsal.resultsDraft],
  ] as const;
  return (
    <>
      <section className="exports no-print" aria-labelledby="rehearsed-files">
        <h2 id="rehearsed-files">Save the rehearsal</h2>
        <div className="actions">
          {files.map(([name, label, text]) => (
            <Button
              key={name}
              onPress={() => {
                const file = fileName(election.key, name);
                void host.saveFile(file, text).then((saved) => saved === 'saved' && toast(`Saved ${file}`));
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      </section>
      <Panel title="Verified as voters will">
        <ul className="reading">
          {rehearsal.checks.map((check, step) => (
            <li key={step}>
              {check.ok ? '✓' : '✗'} {checkWords(check, 'en')}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
