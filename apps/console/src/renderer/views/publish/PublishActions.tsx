import type { Definition, ElectionOverview } from '../../backend/model.ts';
import { useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { hostName, newFilePage, pathIn, uploadPage } from '../../lib/host-links.ts';
import { unifiedPatch } from '../../lib/patch.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

interface Props {
  readonly election: ElectionOverview;
  readonly definition: Definition | null;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** Three ways to the meta repository: the pages of its host, a patch, or the files themselves. */
export function PublishActions({ election, definition, files }: Props) {
  const host = useHost();
  const { error, attempt } = useAttempt();
  const meta = definition?.meta;
  const folder = definition?.folder ?? '';
  const at = (meta === undefined ? null : hostName(meta)) ?? '';
  const save = (name: string, text: string) => () =>
    attempt(async () => ((await host.saveFile(name, text)) === 'saved' ? `Saved ${name}` : null));
  const open = (name: string, text: string) => () =>
    attempt(async () => {
      const page = meta === undefined ? null : newFilePage(meta, folder, name, text);
      if (page === null) return null;
      // Too long for an address: the text travels by clipboard.
      if (!page.filled) await host.copyText(text);
      await host.openExternal(page.url);
      return page.filled
        ? `${at} opens with ${name} filled in`
        : `${name} is copied: paste it on the page that opens`;
    });
  const [results] = files;
  const upload = meta === undefined ? null : uploadPage(meta, folder);
  const fresh =
    meta === undefined || results === undefined ? null : newFilePage(meta, folder, results.name, '');
  return (
    <Panel title="Take it to the meta repository">
      {error === null ? null : <ErrorNotice error={error} />}
      {definition === null ? (
        <p className="soft">
          The server does not say which repository this is; save the files and add them yourself.
        </p>
      ) : (
        <p className="soft">
          The files go to <code>{pathIn(folder, '')}</code>
          {meta?.url === null ? '' : ` of ${meta?.url}`}.
        </p>
      )}
      <div className="ways">
        {fresh === null || results === undefined ? null : (
          <section aria-labelledby="way-host">
            <h3 id="way-host">On {at}</h3>
            <p>Opens {at}&rsquo;s new-file page; it offers to propose the change where you may not write.</p>
            <div className="actions">
              <Button tone="primary" onPress={() => void open(results.name, results.text)()}>
                Propose results.md
              </Button>
              {upload === null ? null : (
                <Button onPress={() => void attempt(async () => (await host.openExternal(upload), null))}>
                  Upload ballots.csv and results.json
                </Button>
              )}
            </div>
          </section>
        )}
        <section aria-labelledby="way-patch">
          <h3 id="way-patch">As a patch</h3>
          <p>
            All three files in one; apply it with <code>git apply</code>.
          </p>
          <Button
            onPress={() =>
              void save(
                fileName(election.key, 'publish.patch'),
                files.map(({ name, text }) => unifiedPatch(pathIn(folder, name), null, text)).join(''),
              )()
            }
          >
            Save patch
          </Button>
        </section>
        <section aria-labelledby="way-files">
          <h3 id="way-files">As files</h3>
          <p>Put them into the election&rsquo;s folder under these names.</p>
          <div className="actions">
            {files.map(({ name, text }) => (
              <Button key={name} onPress={() => void save(name, text)()}>
                Save {name}
              </Button>
            ))}
          </div>
        </section>
      </div>
    </Panel>
  );
}
