import type { ReactNode } from 'react';
import { describeError } from '../lib/refusal-text.ts';

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

/** Anything that a call threw, in words. */
export function ErrorNotice({ error }: { error: unknown }) {
  const text = describeError(error);
  return (
    <Notice tone="bad" title={text.title}>
      <p>{text.advice}</p>
    </Notice>
  );
}
