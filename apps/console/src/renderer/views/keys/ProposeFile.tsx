import { phrase } from '@elekto/words';
import type { Ceremonies } from '../../../shared/keys.ts';
import { useHost } from '../../host/host-context.ts';
import { editFileUrl, hostName, newFilePage, pathIn } from '../../lib/host-links.ts';
import texts from '../../texts/keys.json' with { type: 'json' };
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

interface Props {
  readonly meta: Ceremonies['meta'];
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  /** Whether no file of this name is there yet. */
  readonly isNew: boolean;
}

/** Takes a file to the repository: a proposal on the repository's host that only has to be sent, or the file itself. */
export function ProposeFile({ meta, folder, name, text, isNew }: Props) {
  const host = useHost();
  const { error, attempt } = useAttempt();
  const changes = isNew ? newFilePage(meta, folder, name, '') : editFileUrl(meta, pathIn(folder, name));
  const propose = async (): Promise<string | null> => {
    const page = isNew ? newFilePage(meta, folder, name, text) : null;
    const url = page?.address ?? editFileUrl(meta, pathIn(folder, name));
    if (url === null) return null;
    if (page?.filled !== true) await host.copyText(text);
    await host.openExternal(url);
    return phrase(
      texts.proposed[page?.filled === true ? 'filled' : 'copied'],
      { name, host: hostName(meta) ?? '' },
      'en',
    );
  };
  return (
    <>
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        {changes === null ? null : (
          <Button tone="primary" onPress={() => void attempt(propose)}>
            Propose {name}
          </Button>
        )}
        <Button
          onPress={() =>
            void attempt(async () => ((await host.saveFile(name, text)) === 'saved' ? `Saved ${name}` : null))
          }
        >
          Save {name}
        </Button>
      </div>
    </>
  );
}
