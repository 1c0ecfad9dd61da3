import { ruleOf } from '@elekto/protocol/rule';
import { list, phrase } from '@elekto/words/phrase';
import type { Check } from '@elekto/protocol/result';
import { useEffect, useState } from 'react';
import type { ElectionEntry } from '../../feeds/elections-json.ts';
import { fill, plural } from '../../texts/fill.ts';
import type { Texts } from '../../texts/index.ts';
import { connect } from '../shared/api.ts';
import { Heading } from '../shared/Heading.tsx';
import { askedElection, electionsWhere, namesOf, publishedFiles, signedBy } from '../shared/open-data.ts';
import type { PageData } from '../shared/page-data.ts';
import { chosenBoard, officersResult, publishedBoard } from './board-files.ts';
import { recount, verifyHere } from './recount.ts';
import { shownRelease } from '../shared/shown-release.ts';
import type { Recount } from './recount.ts';

type Page = PageData<null, Pick<Texts, 'verify' | 'checks'>>;

type FileName = 'ballots' | 'results' | 'receipt';

type State =
  | { readonly at: 'idle' }
  /** Of a count by officers, what was checked so far and how far it is; of others there is nothing to tell. */
  | { readonly at: 'running'; readonly checks: readonly Check[]; readonly done: number | null }
  | { readonly at: 'done'; readonly recount: Recount }
  | { readonly at: 'bad'; readonly reason: string };

/** Recounts an election here, from the published files or from files on disk. Sends nothing. */
export function Verify({ page }: { readonly page: Page }) {
  const t = page.texts.verify;
  const [elections, setElections] = useState<readonly ElectionEntry[] | null>(null);
  const [key, setKey] = useState('');
  const [files, setFiles] = useState<Readonly<Record<FileName, File | null>>>({
    ballots: null,
    results: null,
    receipt: null,
  });
  const [board, setBoard] = useState<readonly File[]>([]);
  const [state, setState] = useState<State>({ at: 'idle' });

  useEffect(() => {
    electionsWhere(({ results }) => Boolean(results?.ballotsCsv)).then(
      (list) => {
        setElections(list);
        const asked = askedElection();
        setKey((list.find((e) => e.key === asked) ?? list[0])?.key ?? '');
      },
      () => setElections([]),
    );
  }, []);

  const entry = elections?.find((e) => e.key === key);
  const nameOf = namesOf(files.ballots ? undefined : entry);

  const run = async () => {
    setState({ at: 'running', checks: [], done: null });
    try {
      const own = files.ballots !== null;
      if (!own && !entry) return setState({ at: 'idle' });
      const { ballots, results } = files.ballots
        ? { ballots: await files.ballots.text(), results: (await files.results?.text()) ?? null }
        : await publishedFiles(entry as ElectionEntry);
      if (ballots === null) return setState({ at: 'idle' });
      const known =
        own || !entry
          ? null
          : {
              rule: ruleOfEntry(entry),
              places: entry.results?.places ?? null,
              signed: signedBy(entry),
            };
      const receipt = (await files.receipt?.text()) ?? null;
      const opened = officersResult(results);
      if (opened !== null && results !== null) {
        const here = own ? await chosenBoard(board) : await publishedBoard(connect(page.api, 'omit'), opened);
        const released = () =>
          receipt === null || own
            ? Promise.resolve(undefined)
            : shownRelease(connect(page.api, 'omit'), opened.election, receipt);
        const input = { ballotsCsv: ballots, resultsJson: results, released, ...known?.signed };
        const tell = {
          check: (check: Check) =>
            setState((now) => ({ ...running(now), checks: [...running(now).checks, check] })),
          progress: (done: number) => setState((now) => ({ ...running(now), done })),
        };
        const told = await verifyHere({ ...input, ...(receipt === null ? {} : { receipt }) }, here, tell);
        return setState({ at: 'done', recount: told });
      }
      setState({ at: 'done', recount: await recount(ballots, results, known, receipt) });
    } catch (error) {
      setState({ at: 'bad', reason: (error as Error).message });
    }
  };

  if (elections === null) {
    return (
      <p className="loading" role="status">
        {t.running}
      </p>
    );
  }
  const file = (label: string, which: FileName, accept: string, hint: string | null = null) => (
    <div className="field">
      <label htmlFor={`file-${which}`}>{label}</label>
      {hint !== null && (
        <span className="hint" id={`file-${which}-hint`}>
          {hint}
        </span>
      )}
      <input
        id={`file-${which}`}
        type="file"
        accept={accept}
        {...(hint === null ? {} : { 'aria-describedby': `file-${which}-hint` })}
        onChange={(event) => setFiles({ ...files, [which]: event.target.files?.[0] ?? null })}
      />
    </div>
  );
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {elections.length === 0 ? (
          <p>{t.none}</p>
        ) : (
          <div className="field">
            <label htmlFor="which">{t.which}</label>
            <select id="which" value={key} onChange={(event) => setKey(event.target.value)}>
              {elections.map((e) => (
                <option key={e.key} value={e.key}>
                  {e.name}
                </option>
              ))}
            </select>
          </div>
        )}
        {file(t.receiptFile, 'receipt', '.json,application/json', t.receiptHint)}
        <details className="why">
          <summary>{t.own}</summary>
          {file(t.ballotsFile, 'ballots', '.csv,text/csv')}
          {file(t.resultsFile, 'results', '.json,application/json')}
          <div className="field">
            <label htmlFor="file-board">{t.boardFiles}</label>
            <span className="hint" id="file-board-hint">
              {t.boardHint}
            </span>
            <input
              id="file-board"
              type="file"
              multiple
              accept=".bin,.json"
              aria-describedby="file-board-hint"
              onChange={(event) => setBoard([...(event.target.files ?? [])])}
            />
          </div>
        </details>
        <p className="submit">
          <button
            type="submit"
            className="button"
            disabled={state.at === 'running' || (!key && !files.ballots)}
          >
            {t.run}
          </button>
        </p>
      </form>
      {state.at === 'running' && (
        <section className="note">
          <p className="loading" role="status">
            {state.done === null ? t.running : t.checking}
          </p>
          {state.done !== null && <progress value={state.done} max={1} aria-label={t.checking} />}
          <Checks checks={state.checks} page={page} />
        </section>
      )}
      {state.at === 'bad' && (
        <p className="note bad" role="alert">
          {fill(t.badFile, { reason: state.reason })}
        </p>
      )}
      {state.at === 'done' && <Outcome recount={state.recount} nameOf={nameOf} page={page} />}
    </>
  );
}

const ruleOfEntry = ({
  candidates,
  counting,
  seats,
  limit,
  limitValues,
  edition,
  houseRules,
  groupValues,
  eligible,
}: ElectionEntry) =>
  ruleOf(
    {
      candidates: candidates.map(({ id }) => id),
      counting,
      seats,
      representationLimit: limit,
      limitValues,
      ...(edition === 3 ? { edition } : {}),
      ...(houseRules === null ? {} : { houseRules }),
      ...(groupValues === null ? {} : { groupValues }),
    },
    { struck: [], eligible },
  );

const running = (state: State): Extract<State, { at: 'running' }> =>
  state.at === 'running' ? state : { at: 'running', checks: [], done: null };

/** What was checked, one line a step. */
function Checks({ checks, page }: { readonly checks: readonly Check[]; readonly page: Page }) {
  return (
    <ul className="checks">
      {checks.map((check, i) => (
        <li key={i} className={check.ok ? 'ok' : 'wrong'}>
          <span aria-hidden="true">{check.ok ? '✓' : '✗'}</span>{' '}
          {phrase(page.texts.checks[check.code], check.facts, page.lang)}
        </li>
      ))}
    </ul>
  );
}

function Outcome({
  recount: r,
  nameOf,
  page,
}: {
  readonly recount: Recount;
  readonly nameOf: (id: string) => string;
  readonly page: Page;
}) {
  const t = page.texts.verify;
  const { outcome, checks, agrees } = r;
  return (
    <section className={`note ${agrees === false ? 'bad' : 'good'}`}>
      <Heading>{agrees === false ? t.disagree : agrees === true ? t.ok : t.done}</Heading>
      {outcome !== null && (
        <p>{plural(t.counted, Number(outcome.counts.cast), page.lang, { m: outcome.candidates.length })}</p>
      )}
      {checks.length > 0 ? <Checks checks={checks} page={page} /> : <p>{t.unsigned}</p>}
      {outcome !== null && (
        <>
          <h3>{t.winners}</h3>
          <ul className="places">
            {outcome.places.map((place) => (
              <li key={place.place}>
                <b>{place.place}</b> {list(place.candidates.map(nameOf), page.lang)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
