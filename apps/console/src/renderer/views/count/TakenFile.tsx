import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import { Button } from '../../parts/Button.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count-file.json' with { type: 'json' };
import { CountedFile } from './CountedFile.tsx';
import { MOST_MB, readDropped, type Best } from './count-file.ts';

/** The file that was chosen, counted; or why it is not. Throws what is no fault of the file. */
export function TakenFile({ file }: { file: File }) {
  const [best, setBest] = useState<Best | null>(null);
  const read = useQuery({
    queryKey: ['dropped', file.name, file.lastModified, file.size, best],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: () => readDropped(file, best),
  });
  if (read.error) throw read.error;
  if (!read.data) return <Loading what={texts.reading} />;
  if (read.data.kind === 'read') return <CountedFile name={file.name} {...read.data} />;
  if (read.data.kind === 'which-is-best')
    return (
      <Notice tone="warn" title={texts['which-is-best']}>
        <p>
          <b>{file.name}</b>: {texts['either-way']}
        </p>
        <div className="actions">
          <Button onPress={() => setBest('lowest')}>{texts['low-is-best']}</Button>
          <Button onPress={() => setBest('highest')}>{texts['high-is-best']}</Button>
        </div>
      </Notice>
    );
  return (
    <Notice tone="bad" title={texts.unread}>
      <p>
        <b>{file.name}</b>:{' '}
        {read.data.kind === 'too-large' ? phrase(texts['too-large'], { n: MOST_MB }, 'en') : read.data.why}
      </p>
    </Notice>
  );
}
