import { useContext, type ReactNode } from 'react';
import { Unreachable } from '../backend/backend.ts';
import { useHost } from '../host/host-context.ts';
import { buildReport } from '../lib/report.ts';
import { describeError } from '../lib/refusal-text.ts';
import texts from '../texts/said.json' with { type: 'json' };
import { AwayIsSaid } from './away.ts';
import { Button } from './Button.tsx';
import { useCopy } from './use-copy.ts';

interface Props {
  readonly tone: 'info' | 'warn' | 'bad' | 'good';
  readonly title: string;
  readonly children?: ReactNode;
}

/** The word for each tone; it is never colour alone. */
export const NOTICE_WORDS = { info: 'Note', warn: 'Attention', bad: 'Problem', good: 'Done' } as const;

/** A framed message: a word for its tone, a title, what to do. */
export function Notice({ tone, title, children }: Props) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <p className="notice-title">
        <span className="notice-word">{NOTICE_WORDS[tone]}</span> {title}
      </p>
      {children}
    </div>
  );
}

interface ErrorProps {
  readonly error: unknown;
  /** Asks again for what could not be had. Left out of what somebody did: the button that does it stands beside. */
  readonly again?: (() => void) | undefined;
}

/** Anything that a call threw, in words; what nobody expected with what to do about it. */
export function ErrorNotice({ error, again }: ErrorProps) {
  const isSaid = useContext(AwayIsSaid);
  const text = describeError(error, again === undefined);
  if (isSaid && again !== undefined && error instanceof Unreachable)
    return (
      <p className="soft" role="status">
        {texts['not-there']}
      </p>
    );
  const canAgain = again !== undefined && (!text.isExpected || error instanceof Unreachable);
  return (
    <Notice tone="bad" title={text.title}>
      <p>{text.advice}</p>
      {canAgain || !text.isExpected ? (
        <div className="actions">
          {canAgain ? <Button onPress={again}>Try again</Button> : null}
          {text.isExpected ? null : <Report error={error} />}
        </div>
      ) : null}
    </Notice>
  );
}

function Report({ error }: { error: unknown }) {
  const host = useHost();
  const copy = useCopy();
  const report = async (): Promise<string> => buildReport(error, await host.about());
  return <Button onPress={() => copy(report(), texts.report)}>Copy report</Button>;
}
