import type { Stand } from '@elekto/protocol/stand';
import { useEffect, useMemo, useState } from 'react';
import type { StandDates } from '../../stand/stand-words.ts';
import { connect, signInAddress } from '../shared/api.ts';
import type { ExceptionRequest } from '../shared/api.ts';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { StandNote } from '../shared/StandNote.tsx';
import { Asked } from './Asked.tsx';
import type { ExceptionPage } from './exception-page.ts';

type State =
  | { readonly at: 'loading' }
  | { readonly at: 'signed-out' }
  | {
      readonly at: 'here';
      readonly stand: Stand;
      readonly dates: StandDates;
      readonly request: ExceptionRequest | null;
      /** What was just sent, and is confirmed. */
      readonly sent: 'request' | 'reply' | null;
    };

const FIELDS = ['name', 'email', 'reason'] as const;
type Field = (typeof FIELDS)[number];
type Values = Record<Field, string>;

/** What was filled in survives signing in again and a reload, in this tab only, until it is sent. */
const storeName = (key: string) => `elekto-ask:${key}`;
function keepRequest(key: string, values: Values | null): void {
  try {
    if (values) sessionStorage.setItem(storeName(key), JSON.stringify(values));
    else sessionStorage.removeItem(storeName(key));
  } catch {
    // Without storage it is kept as long as the page is open.
  }
}
function keptRequest(key: string): Values {
  const none: Values = { name: '', email: '', reason: '' };
  try {
    return { ...none, ...(JSON.parse(sessionStorage.getItem(storeName(key)) ?? '{}') as Partial<Values>) };
  } catch {
    return none;
  }
}

/** Asking for an exception, and what became of it. */
export function Exception({ page }: { readonly page: ExceptionPage }) {
  const t = page.texts.exception;
  const { key } = page.data;
  const api = useMemo(() => connect(page.api), [page.api]);
  const [state, setState] = useState<State>({ at: 'loading' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [values, setValues] = useState<Values>(() => keptRequest(key));
  const [wrong, setWrong] = useState<Partial<Record<Field, string | undefined>>>({});
  const [sending, setSending] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let stale = false;
    const load = async () => {
      try {
        const { user, stand, ...dates } = await api.me.stand.query({ key });
        if (stale) return;
        if (!user || !stand) return setState({ at: 'signed-out' });
        const request = await api.exception.mine.query({ key });
        if (stale) return;
        setState((before) => ({
          at: 'here',
          stand,
          dates,
          request,
          sent: before.at === 'here' ? before.sent : null,
        }));
      } catch (error) {
        if (!stale) setProblem(problemOf(error, page.texts.refusals));
      }
    };
    void load();
    return () => {
      stale = true;
    };
  }, [api, key, page, round]);

  /** Shows how it stands now. */
  const renew = (sent: 'request' | 'reply' | null) => {
    setState((now) => (now.at === 'here' ? { ...now, sent } : now));
    setRound((n) => n + 1);
  };

  const send = async () => {
    const found: Partial<Record<Field, string>> = {};
    for (const field of FIELDS) if (values[field].trim() === '') found[field] = t.required;
    if (!found.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim())) found.email = t.badEmail;
    setWrong(found);
    const first = FIELDS.find((field) => found[field]);
    if (first) return document.getElementById(`ask-${first}`)?.focus();
    setSending(true);
    setProblem(null);
    try {
      await api.exception.request.mutate({ key, ...values });
      keepRequest(key, null);
      renew('request');
    } catch (error) {
      const found = problemOf(error, page.texts.refusals);
      // Decided or asked elsewhere meanwhile, in another tab or by the officers: show how it stands.
      if (found.kind === 'exception-already-requested' || found.kind === 'already-eligible') renew(null);
      else setProblem(found);
    } finally {
      setSending(false);
    }
  };

  const note = problem && (
    <ProblemNote problem={problem} page={page} focus>
      {problem.kind === 'not-signed-in' && state.at !== 'loading' && <p>{page.texts.ballot.keptHere}</p>}
      {(problem.kind === 'offline' || problem.kind === 'not-ready') && state.at === 'loading' && (
        <button
          type="button"
          className="button"
          onClick={() => {
            setProblem(null);
            setRound(round + 1);
          }}
        >
          {page.texts.ballot.retry}
        </button>
      )}
    </ProblemNote>
  );

  if (state.at === 'loading') {
    return (
      note ?? (
        <p className="loading" role="status">
          {t.loading}
        </p>
      )
    );
  }
  if (state.at === 'signed-out') {
    return (
      <div className="sign-in-first">
        <h2>{t.signInTitle}</h2>
        <p>{t.signInText}</p>
        <a className="button big" href={signInAddress(page.api)}>
          {page.texts.ballot.signIn}
        </a>
      </div>
    );
  }
  const { stand, dates, request, sent } = state;
  if (request) {
    return (
      <Asked
        request={request}
        stand={stand}
        dates={dates}
        sent={sent}
        page={page}
        onReply={async (text) => {
          await api.exception.reply.mutate({ key, version: request.version, text });
          renew('reply');
        }}
        onChanged={() => renew(null)}
      />
    );
  }
  if (stand.kind !== 'may-ask')
    return <StandNote stand={stand} dates={dates} electionKey={key} page={page} />;

  const input = (field: Field, label: string, hint: string | null, control: 'text' | 'email' | 'area') => {
    const id = `ask-${field}`;
    const described = [hint !== null && `${id}-hint`, wrong[field] && `${id}-wrong`]
      .filter(Boolean)
      .join(' ');
    const common = {
      id,
      value: values[field],
      onChange: (event: { target: { value: string } }) => {
        const next = { ...values, [field]: event.target.value };
        setValues(next);
        keepRequest(key, next);
        setWrong({ ...wrong, [field]: undefined });
      },
      required: true,
      ...(described ? { 'aria-describedby': described } : {}),
      ...(wrong[field] ? { 'aria-invalid': true } : {}),
    };
    return (
      <div className="field">
        <label htmlFor={id}>{label}</label>
        {hint !== null && (
          <span className="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
        {control === 'area' ? (
          <textarea rows={7} maxLength={5000} {...common} />
        ) : (
          <input
            type={control}
            autoComplete={field === 'name' ? 'name' : 'email'}
            maxLength={field === 'name' ? 200 : 320}
            {...common}
          />
        )}
        {wrong[field] && (
          <span className="wrong" id={`${id}-wrong`}>
            {wrong[field]}
          </span>
        )}
      </div>
    );
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {input('name', t.name, null, 'text')}
      {input('email', t.email, t.emailHint, 'email')}
      {input('reason', t.reason, t.reasonHint, 'area')}
      {note}
      <button type="submit" className="button" disabled={sending}>
        {sending ? t.sending : t.send}
      </button>
    </form>
  );
}
