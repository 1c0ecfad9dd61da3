import type { ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useHost } from '../host/host-context.ts';
import { buildReport } from '../lib/report.ts';
import { describeError } from '../lib/refusal-text.ts';
import texts from '../texts/said.json' with { type: 'json' };
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

/** Anything that a call threw, in words; what nobody expected with what to do about it. */
export function ErrorNotice({ error }: { error: unknown }) {
  const text = describeError(error);
  return (
    <Notice tone="bad" title={text.title}>
      <p>{text.advice}</p>
      {text.isExpected ? null : <Unexpected error={error} />}
    </Notice>
  );
}

function Unexpected({ error }: { error: unknown }) {
  const host = useHost();
  const client = useQueryClient();
  const copy = useCopy();
  const report = async (): Promise<string> => buildReport(error, await host.about());
  return (
    <div className="actions">
      <Button onPress={() => void client.invalidateQueries()}>Try again</Button>
      <Button onPress={() => copy(report(), texts.report)}>Copy report</Button>
    </div>
  );
}
