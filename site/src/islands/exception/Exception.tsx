import { useEffect, useMemo, useState } from 'react';
import { fill } from '../../texts/fill.ts';
import type { Texts } from '../../texts/index.ts';
import { inWords } from '../../time.ts';
import { connect, signInAddress } from '../shared/api.ts';
import type { ExceptionRequest } from '../shared/api.ts';
import { Heading } from '../shared/Heading.tsx';
import type { PageData } from '../shared/page-data.ts';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import type { ProblemTexts } from '../shared/ProblemNote.tsx';

export interface ExceptionPageData {
  readonly key: string;
  readonly name: string;
  readonly dueAt: number;
}
export interface ExceptionTexts extends ProblemTexts {
  readonly exception: Texts['exception'];
  readonly ballot: Pick<Texts['ballot'], 'signIn' | 'waitSeconds' | 'retry' | 'title'>;
}
type Page = PageData<ExceptionPageData, ExceptionTexts>;

type State =
  | { readonly at: 'loading' | 'signed-out' | 'eligible' | 'form' | 'over' }
  | { readonly at: 'asked'; readonly request: ExceptionRequest; readonly fresh: boolean };

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
export function Exception({ page }: { readonly page: Page }) {
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
        const { user, elections, now } = await api.me.get.query();
        if (stale) return;
        if (!user) return setState({ at: 'signed-out' });
        const request = await api.exception.mine.query({ key });
        if (stale) return;
        if (request) setState({ at: 'asked', request, fresh: false });
        else if (elections.some((e) => e.key === key && e.eligible)) setState({ at: 'eligible' });
        else setState({ at: now > page.data.dueAt ? 'over' : 'form' });
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
      keepRequest(key, null);
      setState({ at: 'asked', request, fresh: true });
    } catch (error) {
      const found = problemOf(error, page.texts.refusals);
      // Decided or asked elsewhere meanwhile, in another tab or by the officers: show how it stands.
      if (found.kind === 'exception-already-requested' || found.kind === 'already-eligible') {
        setState({ at: 'loading' });
        setRound(round + 1);
      } else setProblem(found);
    } finally {
      setSending(false);
    }
  };

  const note = problem && (
    <ProblemNote problem={problem} page={page}>
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
  if (state.at === 'over') {
    return (
      <div className="note warn">
        <h2>{page.texts.refusals['exception-closed'].title}</h2>
        <p>
          {fill(t.over, { when: inWords(page.data.dueAt, page.lang) })}{' '}
          {page.texts.refusals['exception-closed'].help}
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
