import type { FolderFile } from '@elekto/protocol/result';
import { useHost } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

/** The files of a result that is published, for whoever wants a copy. */
export function SaveFiles({ files }: { files: readonly FolderFile[] }) {
  const host = useHost();
  const { error, attempt } = useAttempt();
  return (
    <Panel title="Its files">
      {error === null ? null : <ErrorNotice error={error} />}
      <p className="soft">They lie in the repository; here they are as this server has them.</p>
      <div className="actions">
        {files.map(({ name, content }) => (
          <Button
            key={name}
            onPress={() =>
              void attempt(async () =>
                (await host.saveFile(name.replace('board/', ''), content)) === 'saved'
                  ? `Saved ${name}`
                  : null,
              )
            }
          >
            Save {name}
          </Button>
        ))}
      </div>
    </Panel>
  );
}
