import {
  deriveUnlock,
  makePassphrase,
  openRecord,
  openSeed,
  prepareSealing,
  sealBallot,
  signedRelease,
} from '@elekto/protocol/voter';
import type { DerivedUnlock, SealedBallot, VoterSeed } from '@elekto/protocol/voter';
import type { Receipt, StoredRecord } from '@elekto/protocol/ballot';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { fill } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { Heading } from '../shared/Heading.tsx';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { useBallot } from './context.ts';
import { Done } from './Done.tsx';
import { dropDraft, keepDraft, keptDraft, newSince, onCastElsewhere, tellCast } from './draft-store.ts';
import { Editor } from './Editor.tsx';
import {
  anotherPassphrase,
  dropPassphrase,
  keepPassphrase,
  takePassphrase,
  visitPassphrase,
} from './kept-passphrase.ts';
import { problemFor } from './other-account.ts';
import type { Protection } from './Passphrase.tsx';
import { emptyDraft, fromRanking, toRanking } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { Review } from './Review.tsx';
import { Sealing } from './Sealing.tsx';
import { useStepBack } from './use-step-back.ts';
import { View } from './View.tsx';
import { Voted } from './Voted.tsx';
import type { Unseen } from './Voted.tsx';

type Stage =
  | { readonly at: 'edit' | 'review' | 'voted' | 'view' | 'withdrawn' }
  | { readonly at: 'sealing'; readonly progress: number | null; readonly problem: Problem | null }
  | {
      readonly at: 'done';
      readonly receipt: Receipt | null;
      readonly tracker: string | null;
      readonly replaced: boolean;
      /** What opens it; null: nothing does. */
      readonly passphrase: string | null;
    };

/** The opened ballot of a voter: what proves it is theirs. Held in memory only, while the page is open. */
interface Opened {
  readonly derived: DerivedUnlock;
  readonly mine: VoterSeed;
  readonly passphrase: string;
  readonly record: StoredRecord;
  readonly stored: Draft;
}

/** Steps that can be taken back. */
const MOST_UNDONE = 100;

interface Props {
  readonly ids: readonly string[];
  /** An earlier ballot of this voter is void. */
  readonly voided: boolean;
  /** Another tab of this browser cast the ballot while this one was open. */
  readonly castElsewhere: boolean;
  /** It did so now. */
  readonly onCastElsewhere: () => void;
  /** The paper was replaced by another before anybody voted: fetches the new one, with other `ids` perhaps. */
  readonly onStalePaper: () => Promise<void>;
}

/** The whole of voting after the ballot paper has come: fill in, review, cast; or open, change, withdraw. */
export function Ballot({ ids, voided, castElsewhere, onCastElsewhere: reload, onStalePaper }: Props) {
  const { page, api, login, paper } = useBallot();
  const { key } = page.data;
  const t = page.texts.ballot;
  const [kept] = useState(() => (paper.voted ? null : keptDraft(key, login, ids)));
  /** What opens the ballot in the box and was not shown long enough to be kept. */
  const [unseen, setUnseen] = useState<Unseen | null>(() => {
    const passphrase = paper.voted ? takePassphrase(key, login, paper.manifest) : null;
    return passphrase === null ? null : { passphrase, why: 'lost-answer' };
  });
  // The ballot came, perhaps without an answer: then what was kept until it is cast is still there, to be read by others.
  useEffect(() => {
    if (paper.voted) dropDraft(key);
  }, [key, paper.voted]);
  const [notice, setNotice] = useState<string | null>(
    voided ? t.ballotVoided : kept ? t.draftRestored : null,
  );
  const [fresh, setFresh] = useState<ReadonlySet<string>>(() => new Set(kept ? newSince(key, ids) : []));
  const [draft, setDraft] = useState<Draft>(() => kept ?? emptyDraft(ids));
  const [undone, setUndone] = useState<readonly Draft[]>([]);
  const [protection, setProtection] = useState<Protection>(() => ({
    way: 'made',
    // Nothing is kept beside a ballot that is cast: it would be taken for the one that opens it.
    made: paper.voted ? makePassphrase(paper.manifest) : visitPassphrase(key, login, paper.manifest),
    own: '',
    again: '',
  }));
  const [stage, setStage] = useState<Stage>({ at: paper.voted ? 'voted' : 'edit' });
  const [arrival] = useState(stage);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [working, setWorking] = useState<number | null>(null);
  /** Sealed once, sent as often as it takes: the same ballot cannot count twice. */
  const sealed = useRef<SealedBallot | null>(null);
  /** What it was sealed with, for when sealing itself has to be tried again. */
  const chosen = useRef<string | null>(null);

  // Also before the next time: sealing may have to be done without a connection.
  const idle = stage.at !== 'sealing' && stage.at !== 'done';
  useEffect(() => {
    if (idle) prepareSealing(paper.manifest);
  }, [idle, paper.manifest]);

  const show = useCallback(
    (next: Draft) => {
      setDraft(next);
      setNotice(null);
      sealed.current = null;
      if (!opened) keepDraft(key, login, next);
    },
    [key, login, opened],
  );
  const change = useCallback(
    (next: Draft) => {
      if (next === draft) return;
      setUndone((all) => [...all.slice(1 - MOST_UNDONE), draft]);
      show(next);
    },
    [draft, show],
  );
  const undo = () => {
    const last = undone.at(-1);
    if (!last) return;
    setUndone(undone.slice(0, -1));
    show(last);
  };
  const reset = (next: Draft) => {
    setDraft(next);
    setUndone([]);
    setNotice(null);
  };

  // A new paper before the first vote: the ranking stays on screen, new names are marked, nothing is cast by itself.
  const shown = useMemo(() => new Set(draft.map(({ id }) => id)), [draft]);
  useEffect(() => {
    if (ids.length === shown.size && ids.every((id) => shown.has(id))) return;
    const places = new Map(draft.map(({ id, place }) => [id, place]));
    sealed.current = null;
    setFresh(new Set(ids.filter((id) => !shown.has(id))));
    setDraft(ids.map((id) => ({ id, place: places.get(id) ?? null })));
    setUndone([]);
  }, [ids, shown, draft]);

  // What opens the ballot is shown until the page is left, also when the browser keeps the page to come back to.
  useEffect(() => {
    const forget = () =>
      flushSync(() => {
        setStage((now) => (now.at === 'done' ? { ...now, passphrase: null } : now));
        setUnseen(null);
      });
    addEventListener('pagehide', forget);
    return () => removeEventListener('pagehide', forget);
  }, []);

  // Who has cast in another tab is asked for a passphrase here, not to cast another ballot. What was sent is heard of by its answer.
  const isBeforeCast =
    opened === null &&
    (stage.at === 'edit' || stage.at === 'review' || (stage.at === 'sealing' && stage.problem !== null));
  useEffect(() => {
    if (!isBeforeCast) return;
    const heard = async () => {
      const { user } = await api.me.stand.query({ key }).catch(() => ({ user: { login } }));
      // Somebody else who signed in there has cast theirs: what is filled in here stays.
      if (user?.login !== login) return;
      // What was sent from here did not arrive before it, and opens nothing.
      dropPassphrase(key);
      reload();
    };
    return onCastElsewhere(key, () => void heard());
  }, [isBeforeCast, api, key, login, reload]);

  const depths = { edit: 1, voted: 1, withdrawn: 1, review: 2, sealing: 2, done: 2, view: 2 };
  const isChange = opened !== null && stage.at !== 'view';
  useStepBack(depths[stage.at] + (isChange ? 2 : 0), `${page.base}elections/${key}/`, () => {
    if (stage.at === 'review' || (stage.at === 'sealing' && stage.problem !== null)) setStage({ at: 'edit' });
    else if (stage.at === 'done') {
      if (stage.passphrase !== null) setUnseen({ passphrase: stage.passphrase, why: 'back' });
      setStage({ at: 'voted' });
    } else if (stage.at === 'view') lock();
    else if (stage.at === 'edit' && opened) setStage({ at: 'view' });
    else return false;
    return true;
  });

  const lock = () => {
    setOpened(null);
    reset(emptyDraft(ids));
    setStage({ at: 'voted' });
  };

  const releasing = ({ mine, record }: Opened) => ({ paper, seed: mine.seed, record });

  const reasonOf = (problem: Problem) =>
    problemFor(problem, login, async () => {
      const { user } = await api.me.stand.query({ key });
      return user?.login ?? null;
    });

  const keepMade = (sent: boolean) =>
    keepPassphrase(key, login, paper.manifest, { passphrase: protection.made, sent });

  const send = async (passphrase: string | null) => {
    if (passphrase !== chosen.current) sealed.current = null;
    chosen.current = passphrase;
    setStage({ at: 'sealing', progress: 0, problem: null });
    try {
      sealed.current ??= await sealBallot({
        paper,
        ranking: toRanking(draft),
        passphrase,
        onProgress: (progress) => setStage({ at: 'sealing', progress, problem: null }),
      });
      setStage({ at: 'sealing', progress: null, problem: null });
      const { cast, tracker } = sealed.current;
      // From here on it may be in the box although nothing is heard of it.
      if (!opened && passphrase === protection.made) keepMade(true);
      const { receipt } = opened
        ? await api.ballot.replace.mutate({
            key,
            authKey: opened.derived.authKey,
            old: opened.mine.place,
            cast,
            ...(await signedRelease({ ...releasing(opened), next: cast })),
          })
        : await api.ballot.cast.mutate({ key, cast });
      dropDraft(key);
      dropPassphrase(key);
      tellCast(key);
      sealed.current = null;
      chosen.current = null;
      reset(emptyDraft(ids));
      setOpened(null);
      setStage({ at: 'done', receipt, tracker, replaced: opened !== null, passphrase });
    } catch (error) {
      // Before anything else is asked of the server, which would answer for who is signed in now.
      const problem = await reasonOf(problemOf(error, page.texts.refusals));
      // The one in the box is another, sent from elsewhere.
      if (problem.kind === 'already-voted') keepMade(false);
      if (problem.kind === 'manifest-changed' || problem.kind === 'ballot-withdrawn') {
        sealed.current = null;
        await onStalePaper();
        setNotice(
          problem.kind === 'manifest-changed' ? t.paperChanged : page.texts.refusals[problem.kind].help,
        );
        setStage({ at: 'edit' });
      } else setStage({ at: 'sealing', progress: null, problem });
    }
  };

  const unlock = async (passphrase: string) => {
    setProblem(null);
    setWorking(0);
    try {
      const { unlock: kept } = await api.ballot.participation.query({ key });
      if (!kept) return setProblem(await reasonOf({ kind: 'not-voted', detail: null }));
      const derived = await deriveUnlock({ unlock: kept, passphrase, onProgress: setWorking });
      const { sealedSeed } = await api.ballot.unlock.mutate({ key, authKey: derived.authKey });
      const mine = await openSeed({ paper, derived, sealedSeed });
      if (!mine) return setProblem(await reasonOf({ kind: 'wrong-passphrase', detail: null }));
      const { authKey } = derived;
      const { place, seed } = mine;
      const record = await api.ballot.record.mutate({ key, authKey, ...place });
      const ranking = await openRecord({ paper, seed, record });
      if (!ranking) return setProblem({ kind: 'ballot-box-damaged', detail: null });
      const stored = fromRanking(ids, ranking);
      setOpened({ derived, mine, passphrase, record, stored });
      reset(stored);
      setStage({ at: 'view' });
    } catch (error) {
      setProblem(await reasonOf(problemOf(error, page.texts.refusals)));
    } finally {
      setWorking(null);
    }
  };

  const withdraw = async () => {
    if (!opened) return;
    setWorking(0);
    setProblem(null);
    try {
      await api.ballot.withdraw.mutate({
        key,
        authKey: opened.derived.authKey,
        ...opened.mine.place,
        ...(await signedRelease({ ...releasing(opened), next: null })),
      });
      setOpened(null);
      reset(emptyDraft(ids));
      keepMade(false);
      setStage({ at: 'withdrawn' });
      // A ballot that comes after it is made for another paper; where that cannot be had now, the server says so then.
      await onStalePaper().catch(() => undefined);
    } catch (error) {
      setProblem(await reasonOf(problemOf(error, page.texts.refusals)));
    } finally {
      setWorking(null);
    }
  };

  switch (stage.at) {
    case 'edit':
      return (
        <Editor
          draft={draft}
          notice={opened ? null : notice}
          isFirst={stage === arrival}
          fresh={fresh}
          onChange={change}
          onUndo={undone.length > 0 ? undo : null}
          onReview={() => setStage({ at: 'review' })}
        />
      );
    case 'review':
      return (
        <Review
          draft={draft}
          protection={protection}
          replacing={opened !== null}
          onProtection={setProtection}
          onAnother={() =>
            setProtection({ ...protection, made: anotherPassphrase(key, login, paper.manifest) })
          }
          onBack={() => setStage({ at: 'edit' })}
          onCast={(passphrase) => void send(opened ? opened.passphrase : passphrase)}
        />
      );
    case 'sealing':
      return (
        <Sealing
          progress={stage.progress}
          problem={stage.problem}
          replacing={opened !== null}
          onRetry={() => void send(chosen.current)}
          onBack={() => setStage({ at: 'edit' })}
        />
      );
    case 'done':
      return <Done {...stage} />;
    case 'voted':
      return (
        <Voted
          key={unseen === null ? 'typed' : 'shown'}
          unseen={unseen}
          castElsewhere={castElsewhere}
          working={working}
          problem={problem}
          onUnlock={(passphrase) => void unlock(passphrase)}
        />
      );
    case 'view':
      return (
        <View
          draft={opened?.stored ?? draft}
          working={working !== null}
          problem={problem}
          onReplace={() => setStage({ at: 'edit' })}
          onWithdraw={() => void withdraw()}
          onLock={() => {
            setUnseen(null);
            lock();
          }}
        />
      );
    case 'withdrawn':
      return (
        <div className="note">
          <Heading>{t.withdrawn}</Heading>
          <p>{fill(t.withdrawnText, { when: inWords(paper.closesAt, page.lang) })}</p>
          <button type="button" className="button" onClick={() => setStage({ at: 'edit' })}>
            {t.voteAgain}
          </button>
        </div>
      );
  }
}
