import type { BallotPaper } from '@elekto/protocol/ballot';
import type { LinksEnd, Stand } from '@elekto/protocol/stand';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { visitorOrder } from '../../shuffle.ts';
import { fill } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { connect, signInAddress } from '../shared/api.ts';
import type { BallotPageData, BallotTexts, PageCandidate, PageData } from '../shared/page-data.ts';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { StandNote } from '../shared/StandNote.tsx';
import type { StandDates } from '../../stand/stand-words.ts';
import { Ballot } from './Ballot.tsx';
import { BallotProvider } from './context.ts';
import { dropDraft } from './draft-store.ts';
import { paperNames } from './paper-names.ts';

type State =
  | { readonly at: 'loading' | 'signed-out' }
  | { readonly at: 'problem'; readonly problem: Problem; readonly login: string | null }
  /** No ballot is to be had: not on the roll, not yet, or no longer. */
  | { readonly at: 'elsewhere'; readonly stand: Stand; readonly dates: StandDates; readonly login: string }
  | {
      readonly at: 'ready';
      readonly paper: BallotPaper;
      readonly login: string;
      readonly links: LinksEnd | null;
      /** They had voted, and the officers started voting anew. */
      readonly voided: boolean;
      /** Another tab of this browser cast the ballot while this one was open. */
      readonly castElsewhere: boolean;
      /** Which fetching it came of. */
      readonly round: number;
    };

/** Fetches who is here and their ballot paper, or says why there is none. */
export function App({ page }: { readonly page: PageData<BallotPageData, BallotTexts> }) {
  const t = page.texts.ballot;
  const { key } = page.data;
  const api = useMemo(() => connect(page.api), [page.api]);
  const [state, setState] = useState<State>({ at: 'loading' });
  const [round, setRound] = useState(0);
  const [castElsewhere, setCastElsewhere] = useState(false);

  useEffect(() => {
    let stale = false;
    const load = async () => {
      let login: string | null = null;
      try {
        const { user, stand, ...dates } = await api.me.stand.query({ key });
        if (stale) return;
        if (!user || !stand) return setState({ at: 'signed-out' });
        login = user.login;
        // What is in the box, or can no longer get there, leaves no trace here.
        if (stand.kind === 'voted' || stand.kind.startsWith('over-')) dropDraft(key);
        if (stand.next !== 'vote' && stand.next !== 'look')
          return setState({ at: 'elsewhere', stand, dates, login });
        const paper = await api.ballot.paper.query({ key });
        if (stale) return;
        const voided = stand.kind === 'vote-again';
        setState({ at: 'ready', paper, login, links: dates.links, voided, castElsewhere, round });
      } catch (error) {
        if (!stale) setState({ at: 'problem', problem: problemOf(error, page.texts.refusals), login });
      }
    };
    void load();
    return () => {
      stale = true;
    };
  }, [api, key, page, round, castElsewhere]);

  const onCastElsewhere = useCallback(() => {
    setCastElsewhere(true);
    setRound((n) => n + 1);
  }, []);

  const renew = async () => {
    const paper = await api.ballot.paper.query({ key });
    setState((now) => (now.at === 'ready' ? { ...now, paper } : now));
  };

  const ready = state.at === 'ready' ? state : null;
  const ids = useMemo(() => (ready ? visitorOrder(ready.paper.manifest.candidates, key) : []), [ready, key]);
  const context = useMemo(() => {
    if (!ready) return null;
    const byId = new Map(page.data.candidates.map((c) => [c.id, c]));
    const candidateOf = (id: string): PageCandidate => byId.get(id) ?? { id, name: id, slug: '', fields: [] };
    const names = paperNames(ready.paper.manifest, page.data.candidates);
    const nameOf = (id: string) => names[id] ?? id;
    const aboutOf = (id: string) =>
      candidateOf(id)
        .fields.map(({ value }) => value)
        .join(' · ');
    return { page, api, ...ready, candidateOf, nameOf, aboutOf };
  }, [ready, page, api]);

  if (state.at === 'loading') {
    return (
      <p className="loading" role="status">
        {t.loading}
      </p>
    );
  }
  if (state.at === 'signed-out') {
    return (
      <div className="sign-in-first">
        <h2>{t.signInTitle}</h2>
        <p>{t.signInText}</p>
        <p>
          <a className="button big" href={signInAddress(page.api)}>
            {t.signIn}
          </a>
        </p>
        <p className="soft">
          {fill(t.closes, { when: inWords(page.data.closesAt, page.lang) })}{' '}
          <a href={`${page.base}is-my-vote-secret/`}>{t.noteSecret}</a>
        </p>
      </div>
    );
  }
  if (state.at === 'elsewhere') {
    return (
      <>
        <p className="soft">{fill(t.signedInAs, { login: state.login })}</p>
        <StandNote stand={state.stand} dates={state.dates} electionKey={key} page={page}>
          <a className="button quiet" href={`${page.base}elections/${key}/`}>
            {t.toElection}
          </a>
        </StandNote>
      </>
    );
  }
  if (state.at === 'problem') {
    const { kind } = state.problem;
    return (
      <>
        {state.login !== null && <p className="soft">{fill(t.signedInAs, { login: state.login })}</p>}
        <ProblemNote problem={state.problem} page={page}>
          {(kind === 'offline' || kind === 'unexpected' || kind === 'not-ready') && (
            <button type="button" className="button" onClick={() => setRound(round + 1)}>
              {t.retry}
            </button>
          )}
          <a className="button quiet" href={`${page.base}elections/${key}/`}>
            {t.toElection}
          </a>
        </ProblemNote>
      </>
    );
  }
  if (!ready || !context) return null;
  return (
    <BallotProvider value={context}>
      <Ballot
        key={ready.round}
        ids={ids}
        voided={ready.voided}
        castElsewhere={ready.castElsewhere}
        onCastElsewhere={onCastElsewhere}
        onStalePaper={renew}
      />
      <p className="soft signed-in-as">
        <span className="who-is-in">{fill(t.signedInAs, { login: ready.login })} · </span>
        {fill(t.closes, { when: inWords(ready.paper.closesAt, page.lang) })}
      </p>
    </BallotProvider>
  );
}
