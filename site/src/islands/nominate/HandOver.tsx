import { useState } from 'react';
import { hostName } from '@elekto/election';
import { newFilePage, newFilePatch } from '../../git-host.ts';
import { fill } from '../../texts/fill.ts';
import { Heading } from '../shared/Heading.tsx';
import { saveFile } from '../shared/save-file.ts';
import type { NominatePage } from './nominate-page.ts';

interface Props {
  readonly page: NominatePage;
  readonly file: { readonly path: string; readonly text: string };
  /** Whether the file is ready; where it is not, leads to what is to be mended. */
  readonly tryToSend: () => boolean;
  readonly forget: () => void;
}

/** The ways on: the host's own page for a new file, a patch, a copy. None of them goes through this site. */
export function HandOver({ page, file, tryToSend, forget }: Props) {
  const t = page.texts.nominate;
  const { repository } = page.data;
  const [state, setState] = useState<'typing' | 'over' | 'pasted' | 'copied' | 'failed' | 'forgotten'>(
    'typing',
  );
  const target = repository && newFilePage(repository, file.path, file.text);
  const copy = async (after: 'pasted' | 'copied'): Promise<void> => {
    try {
      await navigator.clipboard.writeText(file.text);
      setState(after);
    } catch {
      setState('failed');
    }
  };
  return (
    <section className="hand-over">
      <div className="row-of-buttons">
        {target && repository && (
          <a
            className="button big"
            href={target.address}
            target="_blank"
            rel="noopener noreferrer"
            aria-describedby="nominate-how"
            onClick={(event) => {
              if (!tryToSend()) return event.preventDefault();
              if (target.filled) setState('over');
              else void copy('pasted');
            }}
          >
            {fill(t.propose, { host: hostName(repository.sourceUrl) })}
          </a>
        )}
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            if (!tryToSend()) return;
            saveFile(
              `${file.path.replace(/^.*\//, '')}.patch`,
              newFilePatch(file.path, file.text),
              'text/x-patch',
            );
            setState('over');
          }}
        >
          {t.patch}
        </button>
        <button type="button" className="button quiet" onClick={() => tryToSend() && void copy('copied')}>
          {t.copy}
        </button>
      </div>
      {target && (
        <p className="soft" id="nominate-how">
          {target.filled ? t.proposeHint : t.proposeLong}
        </p>
      )}
      {state !== 'typing' && (
        <div className="note" role="status">
          {state === 'copied' && <p>{t.copied}</p>}
          {state === 'pasted' && <p>{t.paste}</p>}
          {state === 'failed' && (
            <>
              <p>{t.copyFailed}</p>
              <pre className="command" tabIndex={0}>
                {file.text}
              </pre>
            </>
          )}
          {state === 'forgotten' ? (
            <p>{t.forgotten}</p>
          ) : (
            <>
              <Heading quiet>{t.handedOver}</Heading>
              <p>{t.handedOverText}</p>
              <button
                type="button"
                className="button quiet"
                onClick={() => {
                  forget();
                  setState('forgotten');
                }}
              >
                {t.forget}
              </button>
            </>
          )}
        </div>
      )}
    </section>
  );
}
