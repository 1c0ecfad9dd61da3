import { Suspense } from 'react';
import { FileTrigger } from 'react-aria-components';
import { takeFile, useTakenFile } from '../../lib/dropped-file.ts';
import { Button } from '../../parts/Button.tsx';
import { later } from '../../parts/later.tsx';
import { Loading } from '../../parts/Loading.tsx';
import texts from '../../texts/count-file.json' with { type: 'json' };

/** Brings the readers of all formats along. */
const TakenFile = later(async () => (await import('./TakenFile.tsx')).TakenFile);

/** Any file of ballots, counted in this window. */
export function CountFileView() {
  const file = useTakenFile();
  return (
    <>
      <header className="page-head">
        <h1>{texts.title}</h1>
        <p className="lead reading">{texts.lead}</p>
        <div className="actions">
          <FileTrigger
            onSelect={(files) => {
              const chosen = files?.[0];
              if (chosen) takeFile(chosen);
            }}
          >
            <Button tone={file === null ? 'primary' : 'plain'}>
              {file === null ? texts.choose : texts.another}
            </Button>
          </FileTrigger>
        </div>
      </header>
      {file === null ? null : (
        <Suspense fallback={<Loading what={texts.readers} />}>
          <TakenFile key={`${file.name} ${file.lastModified} ${file.size}`} file={file} />
        </Suspense>
      )}
    </>
  );
}
