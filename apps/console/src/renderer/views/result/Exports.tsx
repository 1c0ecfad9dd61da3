import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend, useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';
import { exportFiles } from './export-files.ts';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  /** Runs something while the page shows the whole report. */
  readonly whilePrinting: <T>(print: () => Promise<T>) => Promise<T>;
}

/** Files for the officers' own archive. */
export function Exports({ election, result, whilePrinting }: Props) {
  const backend = useBackend();
  const host = useHost();
  const { error, attempt } = useAttempt();
  const saveAs = (name: string, save: (file: string) => Promise<string>): Promise<void> => {
    const file = fileName(election.key, name);
    return attempt(async () => ((await save(file)) === 'saved' ? `Saved ${file}` : null));
  };
  return (
    <section className="exports no-print" aria-labelledby="exports-title">
      <h2 id="exports-title">Save</h2>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        {exportFiles(backend, election.key, result).map(({ name, label, text }) => (
          <Button
            key={name}
            onPress={() => void saveAs(name, async (file) => host.saveFile(file, await text()))}
          >
            {label}
          </Button>
        ))}
        <Button onPress={() => void saveAs('report.pdf', (file) => whilePrinting(() => host.savePdf(file)))}>
          Report (PDF)
        </Button>
      </div>
    </section>
  );
}
