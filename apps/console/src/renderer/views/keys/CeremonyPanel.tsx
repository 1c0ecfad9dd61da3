import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CEREMONY_ACTS, type Ceremonies, type CeremonyAct, type CeremonyView } from '../../../shared/keys.ts';
import type { HostKeys } from '../../host/host.ts';
import { useNow } from '../../lib/server-clock.ts';
import { Button } from '../../parts/Button.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { TableScroll } from '../../parts/TableScroll.tsx';
import texts from '../../texts/keys.json' with { type: 'json' };
import { nameList, nextOf, silenceOf, standingOf } from './ceremony-words.ts';
import { Readiness } from './Readiness.tsx';
import { ProposeFile } from './ProposeFile.tsx';

interface Props {
  readonly keys: HostKeys;
  readonly ceremony: CeremonyView;
  readonly meta: Ceremonies['meta'];
}

/** One ceremony: who has done what, who is waited for, and the one thing that this officer does next. */
export function CeremonyPanel({ keys, ceremony, meta }: Props) {
  const { file, officers, words, threshold, until, kind, elections } = ceremony;
  return (
    <Panel title={file}>
      <Facts
        items={[
          ['Open a count', `any ${threshold} of ${officers.length} officers together`],
          [
            'For',
            elections.length === 0
              ? kind === 'rehearsal'
                ? 'rehearsals'
                : 'no election yet'
              : nameList(elections.map(({ name }) => name)),
          ],
          ['Elections open with it until', until],
        ]}
      />
      <Step keys={keys} ceremony={ceremony} meta={meta} />
      <Readiness keys={keys} ceremony={ceremony} />
      {words === null || ceremony.state === 'void' ? null : (
        <>
          <p className="reading">
            Compare these twelve words with the other officers before voting begins: aloud, in a call. Where
            they differ, somebody was shown another ceremony: let no election open with this key, and begin a
            new ceremony.
          </p>
          <ol className="phrase" aria-label="Words to compare">
            {words.split(' ').map((word, i) => (
              <li key={i}>{word}</li>
            ))}
          </ol>
        </>
      )}
      <TableScroll label={`Officers of ${file}`}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Officer</th>
              <th scope="col">First visit</th>
              <th scope="col">Second visit</th>
            </tr>
          </thead>
          <tbody>
            {officers.map(({ login, dealt, confirmed, own }) => (
              <tr key={login}>
                <th scope="row">
                  {login}
                  {own ? ' (you)' : ''}
                </th>
                <td>{dealt ? '\u2713 dealt' : 'waiting'}</td>
                <td>{confirmed ? '\u2713 confirmed' : dealt ? 'waiting' : '\u2013'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Panel>
  );
}

function Step({ keys, ceremony, meta }: Props) {
  const client = useQueryClient();
  const now = useNow();
  const act = useMutation({
    mutationFn: (does: CeremonyAct) => keys.takePart(ceremony.file, does),
    onSettled: () => client.invalidateQueries({ queryKey: ['ceremonies'] }),
  });
  const { step, path, transcript, inGit } = ceremony;
  const { tone, title, text } = standingOf(ceremony);
  const does = CEREMONY_ACTS.find((one) => one === step);
  const slash = path.lastIndexOf('/');
  return (
    <div className="ceremony-step">
      <Notice tone={tone} title={title}>
        {text === null ? null : <p>{text}</p>}
        <p>{nextOf(ceremony)}</p>
        {silenceOf(ceremony, now).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Notice>
      {act.error ? <ErrorNotice error={act.error} /> : null}
      {does === undefined ? null : (
        <div className="actions">
          <Button tone="primary" isPending={act.isPending} onPress={() => act.mutate(does)}>
            {texts.actions[does]}
          </Button>
        </div>
      )}
      {transcript === null || inGit ? null : (
        <ProposeFile
          meta={meta}
          folder={path.slice(0, Math.max(0, slash))}
          name={path.slice(slash + 1)}
          text={transcript}
          isNew={false}
        />
      )}
    </div>
  );
}
