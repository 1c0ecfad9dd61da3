import { useRef, useState } from 'react';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import type { ExceptionPage } from './exception-page.ts';

/** The longest answer, as the server takes it. */
const LONGEST = 5000;

interface Props {
  readonly page: ExceptionPage;
  readonly onReply: (text: string) => Promise<void>;
  readonly onChanged: () => void;
}

/** The field for an answer to the officers. What was written stays when it cannot be sent, also over signing in again. */
export function Reply({ page, onReply, onChanged }: Props) {
  const t = page.texts.exception;
  const stored = `elekto-reply:${page.data.key}`;
  const [text, setText] = useState(() => kept(stored));
  const [missing, setMissing] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const send = async () => {
    if (text.trim() === '') {
      setMissing(true);
      return field.current?.focus();
    }
    setSending(true);
    setProblem(null);
    try {
      await onReply(text);
      keep(stored, '');
    } catch (error) {
      const found = problemOf(error, page.texts.refusals);
      // Answered in another tab, or decided: show how it stands.
      if (found.kind === 'conflict') onChanged();
      else setProblem(found);
      // The button that was pressed was disabled meanwhile, and lost the focus.
      field.current?.focus();
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="field">
        <label htmlFor="reply">{t.reply}</label>
        <span className="hint" id="reply-hint">
          {t.replyHint}
        </span>
        <textarea
          ref={field}
          id="reply"
          rows={5}
          maxLength={LONGEST}
          required
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            keep(stored, event.target.value);
            setMissing(false);
          }}
          aria-describedby={missing ? 'reply-hint reply-wrong' : 'reply-hint'}
          {...(missing ? { 'aria-invalid': true } : {})}
        />
        {missing && (
          <span className="wrong" id="reply-wrong">
            {t.required}
          </span>
        )}
      </div>
      {problem && <ProblemNote problem={problem} page={page} />}
      <button type="submit" className="button" disabled={sending}>
        {sending ? t.sending : t.replySend}
      </button>
    </form>
  );
}

function kept(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

function keep(name: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(name, text);
    else sessionStorage.removeItem(name);
  } catch {
    // Without storage it is kept as long as the page is open.
  }
}
