import type { ElectionOverview } from '../backend/model.ts';
import { nextStep } from '../lib/next-step.ts';
import { formatRoute, type Tab } from '../lib/route.ts';
import { useNow } from '../lib/server-clock.ts';
import { Copyable } from './Copyable.tsx';
import { NOTICE_WORDS } from './Notice.tsx';

interface Props {
  readonly election: ElectionOverview;
  /** The page on which it stands: it does not lead there. */
  readonly here: Tab;
}

/** What comes next: one thing, a button to where it is done, and for an operator what to type. */
export function NextStepNote({ election, here }: Props) {
  const now = useNow();
  const { tone, title, detail, tab, action, command } = nextStep(election, now);
  const isNext = tab !== undefined && (tone === 'info' || tone === 'warn');
  return (
    <div className={`notice notice-${tone} next-step`} role="note">
      <div>
        <p className="notice-title">
          <span className="notice-word">{isNext ? 'Next' : NOTICE_WORDS[tone]}</span> {title}
        </p>
        <p>
          {detail}
          {command === undefined ? null : (
            <>
              {' '}
              <Copyable what="command" text={command} className="command" />
            </>
          )}
        </p>
      </div>
      {tab === undefined || action === undefined || tab === here ? null : (
        <a
          className={tone === 'good' ? 'button' : 'button button-primary'}
          href={formatRoute({ page: 'election', key: election.key, tab })}
        >
          {action}
        </a>
      )}
    </div>
  );
}
