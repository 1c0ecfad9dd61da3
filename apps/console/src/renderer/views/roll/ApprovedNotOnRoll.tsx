import { useMemo } from 'react';
import { hasEnded } from '@elekto/election';
import { phrase } from '@elekto/words';
import type { Definition, ElectionOverview } from '../../backend/model.ts';
import { useProvider } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { fileName } from '../../lib/file-name.ts';
import { editFileUrl, hostName } from '../../lib/host-links.ts';
import { unifiedPatch } from '../../lib/patch.ts';
import { useNow } from '../../lib/server-clock.ts';
import { formatUtc } from '../../lib/time.ts';
import { addToRoll, quoteLogin } from '../../lib/roll-text.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice } from '../../parts/Notice.tsx';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { DiffView } from './DiffView.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly logins: readonly string[];
  readonly path: string;
  readonly definition: Definition | null;
}

/** More logins than that are unfolded below the buttons, which must not be looked for behind them. */
const MOST_LISTED = 12;

/** Approved requests become votes only with a line in voters.yaml; this prepares that change as long as there is a vote to be had. */
export function ApprovedNotOnRoll({ election, logins, path, definition }: Props) {
  const now = useNow();
  const host = useHost();
  const provider = useProvider();
  const { error, attempt } = useAttempt();
  const before = definition?.votersYaml ?? null;
  // The page is drawn anew with every letter that is typed below it.
  const wanted = logins.join('\n');
  const [after, patch] = useMemo(() => {
    const text = before === null || wanted === '' ? null : addToRoll(before, wanted.split('\n'), provider);
    return [text, before === null || text === null ? null : unifiedPatch(path, before, text)];
  }, [before, wanted, path, provider]);
  const edit = definition === null ? null : editFileUrl(definition.meta, path);
  const at = (definition === null ? null : hostName(definition.meta)) ?? '';
  const lines = logins.map((login) => `- ${quoteLogin(login)}\n`).join('');
  const names = (
    <ul className="logins">
      {logins.map((login) => (
        <li key={login}>{login}</li>
      ))}
    </ul>
  );
  if (hasEnded(election, now)) {
    return logins.length === 0 ? null : (
      <Panel title={texts.late.title}>
        <p className="reading">{phrase(texts.late.text, { at: formatUtc(election.closesAt) }, 'en')}</p>
        <FoldedPart title={phrase(texts.late.who, { n: logins.length }, 'en')}>{names}</FoldedPart>
      </Panel>
    );
  }
  if (logins.length === 0) {
    return (
      <Panel title="Approved, not on the roll yet">
        <p className="soft">Everybody who was granted an exception is on the roll.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Approved, not on the roll yet">
      <p className="reading">
        These people can vote once their logins are in <code>{path}</code>. Comments in the file stay as they
        are.
      </p>
      {logins.length > MOST_LISTED ? null : names}
      {edit === null ? (
        <p className="reading soft">
          The repository has no page to propose it on: save the patch and apply it with <code>git apply</code>
          , or put the new file in the place of the old one.
        </p>
      ) : null}
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        {edit === null ? null : (
          <Button
            tone="primary"
            onPress={() =>
              void attempt(async () => {
                await host.copyText(after ?? lines);
                await host.openExternal(edit);
                return after === null
                  ? 'The lines are copied: paste them below the last login'
                  : `The new file is copied: select all on ${at}, paste, then propose the change`;
              })
            }
          >
            Propose change on {at}
          </Button>
        )}
        {patch === null || patch === '' ? null : (
          <Button
            tone={edit === null ? 'primary' : 'plain'}
            onPress={() =>
              void attempt(async () => {
                const name = fileName(election.key, 'voters.patch');
                return (await host.saveFile(name, patch)) === 'saved' ? `Saved ${name}` : null;
              })
            }
          >
            Save patch
          </Button>
        )}
        {after === null ? null : (
          <Button
            onPress={() =>
              void attempt(async () => (await host.copyText(after), 'The new voters.yaml is copied'))
            }
          >
            Copy new file
          </Button>
        )}
        <Button
          onPress={() => void attempt(async () => (await host.copyText(lines), 'The lines are copied'))}
        >
          Copy lines
        </Button>
      </div>
      {logins.length > MOST_LISTED ? (
        <FoldedPart title="Who they are" count={logins.length}>
          {names}
        </FoldedPart>
      ) : null}
      {patch === null || patch === '' ? null : (
        <FoldedPart title="Show the change">
          <DiffView patch={patch} />
        </FoldedPart>
      )}
    </Panel>
  );
}
