import type { ExceptionRequest } from '@elekto/ballot-box/browser';
import { useEffect, useMemo, useState } from 'react';
import { fill } from '../../texts/fill.ts';
import type { Texts } from '../../texts/index.ts';
import { inWords } from '../../time.ts';
import { connect, signInAddress } from '../shared/api.ts';
import { Heading } from '../shared/Heading.tsx';
import type { PageData } from '../shared/page-data.ts';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';

export interface ExceptionPageData {
  readonly key: string;
  readonly name: string;
  readonly dueAt: number;
}
type Page = PageData<ExceptionPageData, Pick<Texts, 'exception' | 'refusals' | 'ballot'>>;

type State =
  | { readonly at: 'loading' | 'signed-out' | 'eligible' | 'form' }
  | { readonly at: 'asked'; readonly request: ExceptionRequest; readonly fresh: boolean };

const FIELDS = ['name', 'email', 'reason'] as const;
type Field = (typeof FIELDS)[number];

/** Asking for an exception, and what became of it. */
export function Exception({ page }: { readonly page: Page }) {
  const t = page.texts.exception;
  const { key } = page.data;
  const api = useMemo(() => connect(page.api), [page.api]);
  const [state, setState] = useState<State>({ at: 'loading' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const [values, setValues] = useState<Record<Field, string>>({ name: '', email: '', reason: '' });
  const [wrong, setWrong] = useState<Partial<Record<Field, string | undefined>>>({});
  const [sending, setSending] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    let stale = false;
    const load = async () => {
      try {
        const { user, elections } = await api.me.get.query();
        if (stale) return;
        if (!user) return setState({ at: 'signed-out' });
        const request = await api.exception.mine.query({ key });
        if (stale) return;
        if (request) setState({ at: 'asked', request, fresh: false });
        else setState({ at: elections.some((e) => e.key === key && e.eligible) ? 'eligible' : 'form' });
      } catch (error) {
        if (!stale) setProblem(problemOf(error, page.texts.refusals));
      }
    };
    void load();
    return () => {
      stale = true;
    };
  }, [api, key, page, round]);

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
      const request = await api.exception.request.mutate({ key, ...values });
      setState({ at: 'asked', request, fresh: true });
    } catch (error) {
      setProblem(problemOf(error, page.texts.refusals));
    } finally {
      setSending(false);
    }
  };

  const note = problem && (
    <ProblemNote problem={problem} texts={page.texts} lang={page.lang}>
      {problem.kind === 'not-signed-in' && (
        <a className="button" href={signInAddress(page.api)}>
          {page.texts.ballot.signIn}
        </a>
      )}
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

  if (state.at === 'loading') return note ?? <p className="loading">{page.texts.ballot.loading}</p>;
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
  if (state.at === 'eligible') {
    return (
      <div className="note">
        <p>{t.eligible}</p>
        <p>
          <a className="button" href={`${page.base}elections/${key}/ballot/`}>
            {page.texts.ballot.title}
          </a>
        </p>
      </div>
    );
  }
  if (state.at === 'asked') return <Asked state={state} page={page} />;

  const input = (field: Field, label: string, hint: string | null, control: 'text' | 'email' | 'area') => {
    const id = `ask-${field}`;
    const described = [hint !== null && `${id}-hint`, wrong[field] && `${id}-wrong`]
      .filter(Boolean)
      .join(' ');
    const common = {
      id,
      value: values[field],
      onChange: (event: { target: { value: string } }) => {
        setValues({ ...values, [field]: event.target.value });
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

function Asked({
  state,
  page,
}: {
  readonly state: { readonly request: ExceptionRequest; readonly fresh: boolean };
  readonly page: Page;
}) {
  const t = page.texts.exception;
  const { request, fresh } = state;
  return (
    <>
      <div
        className={`note ${request.status === 'approved' ? 'good' : request.status === 'open' ? '' : 'warn'}`}
      >
        <Heading quiet={!fresh}>{fresh ? t.sent : `${t.state}: ${t.states[request.status]}`}</Heading>
        <p>{fresh ? t.sentText : t.stateText[request.status]}</p>
      </div>
      <dl className="facts-list wide">
        <div>
          <dt>{t.name}</dt>
          <dd>{request.name}</dd>
        </div>
        <div>
          <dt>{t.email}</dt>
          <dd>{request.email}</dd>
        </div>
        <div>
          <dt>{t.reason}</dt>
          <dd className="as-written">{request.reason}</dd>
        </div>
      </dl>
      {request.history.length > 0 && (
        <>
          <h3>{t.history}</h3>
          <ol className="timeline">
            {request.history.map((step) => (
              <li key={step.at} className="past">
                <b>{t.states[step.status]}</b> {fill(t.by, { login: step.by })}
                <br />
                {inWords(step.at, page.lang)}
                {step.note && <p className="as-written">{step.note}</p>}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
