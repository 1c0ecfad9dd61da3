import type { Waiting } from '../../lib/home.ts';
import { formatRoute } from '../../lib/route.ts';
import { Copyable } from '../../parts/Copyable.tsx';
import { WarningIcon, WrongIcon } from '../../parts/icons.tsx';
import { NOTICE_WORDS } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';

interface Props {
  /** Of one election alone, which is not named then. */
  readonly title?: string;
  readonly waiting: readonly Waiting[];
}

/** Things that wait for an officer, each with the button to where it is done; nothing when nothing does. */
export function NeedsYou({ title: heading, waiting }: Props) {
  if (waiting.length === 0) return null;
  return (
    <Panel title={heading ?? 'Needs you'}>
      <ul className="tasks">
        {waiting.map(({ election, step }) => {
          const { code, tone, title, detail, tab = 'overview', action, command } = step;
          // Of one election it is listed on the page that it would lead to.
          const isHere = heading !== undefined && tab === 'overview';
          const Icon = tone === 'bad' ? WarningIcon : WrongIcon;
          return (
            <li key={`${election.key} ${code}`} className={`task task-${tone}`}>
              <span className="task-shape">
                <Icon className="icon" />
              </span>
              <div>
                <p className="task-title">
                  <span className="sr-only">{NOTICE_WORDS[tone]}: </span>
                  <b>{title}</b>{' '}
                  {heading === undefined ? <span className="soft">{election.name}</span> : null}
                </p>
                <p className="task-detail">
                  {detail}{' '}
                  {command === undefined ? null : (
                    <Copyable what="command" text={command} className="command" />
                  )}
                </p>
              </div>
              {isHere ? null : (
                <a
                  className="button"
                  href={formatRoute({ page: 'election', key: election.key, tab })}
                  aria-label={`${action ?? 'Open'}: ${election.name}`}
                >
                  {action ?? 'Open'}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
