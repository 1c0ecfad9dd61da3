import type { Definition, ElectionOverview } from '../../backend/model.ts';
import { ELSEWHERE_NAME, type FolderFile } from '@elekto/protocol/result';
import { useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { hostName, newFilePage, pathIn, uploadPage } from '../../lib/host-links.ts';
import { publishPatch } from '../../lib/publish-patch.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';

interface Props {
  readonly election: ElectionOverview;
  readonly definition: Definition | null;
  /** results.md first; those of a count by officers are in the folder `board`. */
  readonly files: readonly FolderFile[];
}

const isOfBoard = ({ name }: FolderFile): boolean => name.startsWith('board/');

/** Three ways to the meta repository: the pages of its host, a patch, or the files themselves. */
export function PublishActions({ election, definition, files }: Props) {
  const host = useHost();
  const { error, attempt } = useAttempt();
  const meta = definition?.meta;
  const folder = definition?.folder ?? '';
  const at = (meta === undefined ? null : hostName(meta)) ?? '';
  const save = (name: string, content: FolderFile['content']) =>
    attempt(async () => ((await host.saveFile(name, content)) === 'saved' ? `Saved ${name}` : null));
  const hasBoard = files.some(isOfBoard);
  const isElsewhere = files.some((file) => file.name === `board/${ELSEWHERE_NAME}`);
  const open = (name: string, text: string) =>
    attempt(async () => {
      const page = meta === undefined ? null : newFilePage(meta, folder, name, text);
      if (page === null) return null;
      // Too long for an address: the text travels by clipboard.
      if (!page.filled) await host.copyText(text);
      await host.openExternal(page.address);
      return page.filled
        ? `${at} opens with ${name} filled in`
        : `${name} is copied: paste it on the page that opens`;
    });
  const [results] = files;
  const upload = meta === undefined ? null : uploadPage(meta, folder);
  const fresh =
    meta === undefined || results === undefined ? null : newFilePage(meta, folder, results.name, '');
  const patch = async () => {
    const name = fileName(election.key, 'publish.patch');
    const said = await host.saveFile(name, await publishPatch(folder, files));
    return said === 'saved' ? `Saved ${name}` : null;
  };
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
      {hasBoard ? (
        <p className="reading">
          Officers opened this count together: whoever checks it needs the files of <code>board/</code> beside
          results.json. Take the patch: editors in a browser take no such files.
          {isElsewhere
            ? ' They are too large for the repository, so board/elsewhere.txt says what they are and where elekto verify has them from. Keep the server’s address.'
            : ''}
        </p>
      ) : null}
      <div className="ways">
        {fresh === null || typeof results?.content !== 'string' ? null : (
          <section aria-labelledby="way-host">
            <h3 id="way-host">On {at}</h3>
            <p>Opens {at}&rsquo;s new-file page; it offers to propose the change where you may not write.</p>
            <div className="actions">
              <Button
                tone={hasBoard ? 'plain' : 'primary'}
                onPress={() => void open(results.name, String(results.content))}
              >
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
            {hasBoard ? 'All files, those of the board too, in one' : 'All three files in one'}; apply it with{' '}
            <code>git apply</code>.
          </p>
          <Button tone={hasBoard || fresh === null ? 'primary' : 'plain'} onPress={() => void attempt(patch)}>
            Save patch
          </Button>
        </section>
        <section aria-labelledby="way-files">
          <h3 id="way-files">As files</h3>
          <p>Put them into the election&rsquo;s folder under these names.</p>
          <div className="actions">
            {files.map(({ name, content }) => (
              <Button key={name} onPress={() => void save(name.replace('board/', ''), content)}>
                Save {name}
              </Button>
            ))}
          </div>
        </section>
      </div>
    </Panel>
  );
}
