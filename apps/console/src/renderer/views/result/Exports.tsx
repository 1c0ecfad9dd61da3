import { useState } from 'react';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useBackend, useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useToast } from '../../parts/toast.tsx';
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
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const attempt = async (name: string, save: (file: string) => Promise<string>): Promise<void> => {
    setError(null);
    try {
      const file = fileName(election.key, name);
      if ((await save(file)) === 'saved') toast(`Saved ${file}`);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section className="exports no-print" aria-labelledby="exports-title">
      <h2 id="exports-title">Save</h2>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        {exportFiles(backend, election.key, result).map(({ name, label, text }) => (
          <Button
            key={name}
            onPress={() => void attempt(name, async (file) => host.saveFile(file, await text()))}
          >
            {label}
          </Button>
        ))}
        <Button onPress={() => void attempt('report.pdf', (file) => whilePrinting(() => host.savePdf(file)))}>
          Report (PDF)
        </Button>
      </div>
    </section>
  );
}
