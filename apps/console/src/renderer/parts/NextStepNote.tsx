import type { ElectionOverview } from '../backend/model.ts';
import { nextStep } from '../lib/next-step.ts';
import { formatRoute, type Tab } from '../lib/route.ts';
import { useNow } from '../lib/server-clock.ts';

interface Props {
  readonly election: ElectionOverview;
  /** The page on which it stands: it does not lead there. */
  readonly here?: Tab;
}

const WORDS = { good: 'Done', info: 'Note', warn: 'Attention', bad: 'Problem' } as const;

/** What comes next: one thing, where it is done, and for an operator what to type. */
export function NextStepNote({ election, here }: Props) {
  const now = useNow();
  const { tone, title, detail, tab, command } = nextStep(election, now);
  const isNext = tab !== undefined && (tone === 'info' || tone === 'warn');
  return (
    <div className={`notice notice-${tone} next-step`} role="note">
      <p className="notice-title">
        <span className="notice-word">{isNext ? 'Next' : WORDS[tone]}</span>{' '}
        {tab === undefined || tab === here ? (
          title
        ) : (
          <a href={formatRoute({ page: 'election', key: election.key, tab })}>{title}</a>
        )}
      </p>
      <p>
        {detail}
        {command === undefined ? null : (
          <>
            {' '}
            <code className="command">{command}</code>
          </>
        )}
      </p>
    </div>
  );
}
