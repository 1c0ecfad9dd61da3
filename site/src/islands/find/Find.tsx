import type { Stand } from '@elekto/protocol/stand';
import { deriveUnlock, openSeed } from '@elekto/protocol/voter';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import { connect, signInAddress } from '../shared/api.ts';
import { PassphraseField } from '../shared/PassphraseField.tsx';
import { askedElection, electionsWhere, publishedFiles } from '../shared/open-data.ts';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { StandNote } from '../shared/StandNote.tsx';
import { Username } from '../shared/Username.tsx';
import type { StandDates } from '../../stand/stand-words.ts';
import type { FindPage } from './find-page.ts';
import { Found } from './Found.tsx';
import { ReceiptInBox } from './ReceiptInBox.tsx';
import type { Lookup } from './find-ballot.ts';

/** How the ballot was looked for: what came of it shows below that form. */
type Way = 'passphrase' | 'tracker';

/** Something of it is published: the result, or the box that officers count. */
const isTellable = ({ custody, status, results }: ElectionEntry): boolean =>
  custody !== null
    ? status === 'ended' || status === 'results'
    : Boolean(results?.ballotsCsv ?? results?.resultsJson);

/** By passphrase (signed in) or by tracker: is my ballot among the counted ones, and does it say what I said? */
export function Find({ page }: { readonly page: FindPage }) {
  const { find: t, ballot } = page.texts;
  const api = useMemo(() => connect(page.api), [page.api]);
  const [elections, setElections] = useState<readonly ElectionEntry[] | null>(null);
  const [login, setLogin] = useState<string | null>(null);
  const [key, setKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [tracker, setTracker] = useState('');
  const [working, setWorking] = useState<number | null>(null);
  const [way, setWay] = useState<Way>('passphrase');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [found, setFound] = useState<Lookup | null>(null);
  /** Why a passphrase finds no ballot of theirs. */
  const [none, setNone] = useState<{ readonly stand: Stand; readonly dates: StandDates } | null>(null);

  useEffect(() => {
    electionsWhere(isTellable).then(
      (list) => {
        setElections(list);
        setKey((list.find((e) => e.key === askedElection()) ?? list[0])?.key ?? '');
      },
      () => setElections([]),
    );
    api.me.get.query().then(
      ({ user }) => setLogin(user?.login ?? null),
      () => undefined,
    );
  }, [api]);

  // The button that was pressed is disabled meanwhile, and loses the focus.
  useLayoutEffect(() => {
    if (problem || none) document.getElementById(way === 'passphrase' ? 'phrase' : 'tracker')?.focus();
  }, [problem, none, way]);

  const entry = elections?.find((e) => e.key === key);
  const look = async (wanted: string) => {
    if (!entry) return;
    const [files, { findBallot }] = await Promise.all([publishedFiles(entry), import('./find-ballot.ts')]);
    setFound(await findBallot(connect(page.api, 'omit'), entry, files, wanted));
  };
  const attempt = async (by: Way, work: () => Promise<void>) => {
    setWay(by);
    setProblem(null);
    setFound(null);
    setNone(null);
    setWorking(0);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error, page.texts.refusals));
    } finally {
      setWorking(null);
    }
  };
  const byPassphrase = () =>
    attempt('passphrase', async () => {
      const { stand, ...dates } = await api.me.stand.query({ key });
      if (!stand) return setProblem({ kind: 'not-signed-in', detail: null });
      if (stand.next !== 'find') return setNone({ stand, dates });
      const paper = await api.ballot.paper.query({ key });
      const { unlock } = await api.ballot.participation.query({ key });
      if (!unlock) return setProblem({ kind: 'link-destroyed', detail: null });
      const derived = await deriveUnlock({ unlock, passphrase, onProgress: setWorking });
      const { sealedSeed } = await api.ballot.unlock.mutate({ key, authKey: derived.authKey });
      const mine = await openSeed({ paper, derived, sealedSeed });
      if (!mine) return setProblem({ kind: 'wrong-passphrase', detail: null });
      if (mine.tracker === null) return setFound({ kind: 'no-trackers' });
      setTracker(mine.tracker);
      await look(mine.tracker);
    });

  if (elections === null) {
    return (
      <p className="loading" role="status">
        {page.texts.verify.running}
      </p>
    );
  }
  if (elections.length === 0) return <p className="note">{page.texts.verify.none}</p>;

  const outcome = (
    <>
      {(none ?? found) && <p className="soft">{entry?.name}</p>}
      {problem && <ProblemNote problem={problem} page={page} />}
      {none && (
        <StandNote stand={{ ...none.stand, next: null }} dates={none.dates} electionKey={key} page={page} />
      )}
      {found && <Found found={found} entry={entry} page={page} />}
    </>
  );
  return (
    <>
      <div className="field">
        <label htmlFor="which">{page.texts.verify.which}</label>
        <span className="hint" id="which-hint">
          {t.whichHint}
        </span>
        <select
          id="which"
          aria-describedby="which-hint"
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
            setFound(null);
            setNone(null);
            setProblem(null);
          }}
        >
          {elections.map((e) => (
            <option key={e.key} value={e.key}>
              {e.name}
            </option>
          ))}
        </select>
      </div>
      {entry?.custody ? (
        <ReceiptInBox key={entry.key} entry={entry} page={page} />
      ) : (
        <>
          <h2>{t.with}</h2>
          {login === null ? (
            <>
              <p>{t.withText}</p>
              <p>
                <a className="button quiet" href={signInAddress(page.api)}>
                  {ballot.signIn}
                </a>
              </p>
            </>
          ) : (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void byPassphrase();
              }}
            >
              <Username value={login} />
              <PassphraseField
                id="phrase"
                value={passphrase}
                onChange={setPassphrase}
                hint={t.phraseHint}
                wrong={problem?.kind === 'wrong-passphrase'}
                texts={ballot}
                lang={page.lang}
              />
              <button type="submit" className="button" disabled={working !== null || passphrase === ''}>
                {t.search}
              </button>
              {way === 'passphrase' && working !== null && (
                <progress value={working} max={1} aria-label={ballot.unlocking} />
              )}
            </form>
          )}
          {way === 'passphrase' && outcome}
          <h2>{t.withTracker}</h2>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void attempt('tracker', () => look(tracker));
            }}
          >
            <div className="field">
              <label htmlFor="tracker">{t.tracker}</label>
              <span className="hint" id="tracker-hint">
                {t.trackerHint}
              </span>
              <input
                id="tracker"
                className="code"
                type="text"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck="false"
                value={tracker}
                onChange={(event) => setTracker(event.target.value)}
                aria-describedby="tracker-hint"
              />
            </div>
            <button type="submit" className="button" disabled={working !== null || tracker.trim() === ''}>
              {t.search}
            </button>
          </form>
          {way === 'tracker' && outcome}
        </>
      )}
    </>
  );
}
