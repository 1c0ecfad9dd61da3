import { deriveUnlock, openRecord, openSeed, prepareStretch, sealBallot } from '@elekto/protocol/voter';
import type { DerivedUnlock, SealedBallot, VoterSeed } from '@elekto/protocol/voter';
import type { Receipt } from '@elekto/protocol/ballot';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fill } from '../../texts/fill.ts';
import { inWords } from '../../time.ts';
import { Heading } from '../shared/Heading.tsx';
import { problemOf } from '../shared/problem.ts';
import type { Problem } from '../shared/problem.ts';
import { useBallot } from './context.ts';
import { Done } from './Done.tsx';
import { dropDraft, keepDraft, keptDraft } from './draft-store.ts';
import { Editor } from './Editor.tsx';
import { Protect } from './Protect.tsx';
import { emptyDraft, fromRanking, toRanking } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { Review } from './Review.tsx';
import { Sealing } from './Sealing.tsx';
import { View } from './View.tsx';
import { Voted } from './Voted.tsx';

type Stage =
  | { readonly at: 'edit' | 'review' | 'protect' | 'voted' | 'view' | 'withdrawn' }
  | { readonly at: 'sealing'; readonly progress: number | null; readonly problem: Problem | null }
  | {
      readonly at: 'done';
      readonly receipt: Receipt | null;
      readonly tracker: string | null;
      readonly replaced: boolean;
      /** Whether a passphrase opens it. */
      readonly openable: boolean;
    };

/** The opened ballot of a voter: what proves it is theirs. Held in memory only, while the page is open. */
interface Opened {
  readonly derived: DerivedUnlock;
  readonly mine: VoterSeed;
  readonly passphrase: string;
  readonly stored: Draft;
}

/** The whole of voting after the ballot paper has come: fill in, review, protect, cast; or open, change, withdraw. */
export function Ballot({ ids }: { readonly ids: readonly string[] }) {
  const { page, api, login, paper } = useBallot();
  const { key } = page.data;
  const t = page.texts.ballot;
  const [restored, setRestored] = useState(() => !paper.voted && keptDraft(key, login, ids) !== null);
  const [draft, setDraft] = useState<Draft>(
    () => (paper.voted ? null : keptDraft(key, login, ids)) ?? emptyDraft(ids),
  );
  const [stage, setStage] = useState<Stage>({ at: paper.voted ? 'voted' : 'edit' });
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
    if (idle) prepareStretch();
  }, [idle]);

  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      setRestored(false);
      sealed.current = null;
      if (!opened) keepDraft(key, login, next);
    },
    [key, login, opened],
  );

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
      const { receipt } = opened
        ? await api.ballot.replace.mutate({
            key,
            authKey: opened.derived.authKey,
            old: opened.mine.place,
            cast,
          })
        : await api.ballot.cast.mutate({ key, cast });
      dropDraft(key);
      setRestored(false);
      sealed.current = null;
      chosen.current = null;
      setDraft(emptyDraft(ids));
      setOpened(null);
      setStage({ at: 'done', receipt, tracker, replaced: opened !== null, openable: passphrase !== null });
    } catch (error) {
      setStage({ at: 'sealing', progress: null, problem: problemOf(error, page.texts.refusals) });
    }
  };

  const unlock = async (passphrase: string) => {
    setProblem(null);
    setWorking(0);
    try {
      const { unlock: kept } = await api.ballot.participation.query({ key });
      if (!kept) return setProblem({ kind: 'not-voted', detail: null });
      const derived = await deriveUnlock({ unlock: kept, passphrase, onProgress: setWorking });
      const { sealedSeed } = await api.ballot.unlock.mutate({ key, authKey: derived.authKey });
      const mine = await openSeed({ paper, derived, sealedSeed });
      if (!mine) return setProblem({ kind: 'wrong-passphrase', detail: null });
      const { authKey } = derived;
      const { place, seed } = mine;
      const record = await api.ballot.record.mutate({ key, authKey, ...place });
      const ranking = await openRecord({ paper, seed, record });
      if (!ranking) return setProblem({ kind: 'ballot-box-damaged', detail: null });
      const stored = fromRanking(ids, ranking);
      setOpened({ derived, mine, passphrase, stored });
      setDraft(stored);
      setStage({ at: 'view' });
    } catch (error) {
      setProblem(problemOf(error, page.texts.refusals));
    } finally {
      setWorking(null);
    }
  };

  const withdraw = async () => {
    if (!opened) return;
    setWorking(0);
    setProblem(null);
    try {
      await api.ballot.withdraw.mutate({ key, authKey: opened.derived.authKey, ...opened.mine.place });
      setOpened(null);
      setDraft(emptyDraft(ids));
      setStage({ at: 'withdrawn' });
    } catch (error) {
      setProblem(problemOf(error, page.texts.refusals));
    } finally {
      setWorking(null);
    }
  };

  const clear = () => change(emptyDraft(ids));

  switch (stage.at) {
    case 'edit':
      return (
        <Editor
          draft={draft}
          restored={restored && !opened}
          onChange={change}
          onClear={clear}
          onReview={() => setStage({ at: 'review' })}
        />
      );
    case 'review':
      return (
        <Review
          draft={draft}
          replacing={opened !== null}
          onBack={() => setStage({ at: 'edit' })}
          onNext={() => (opened ? void send(opened.passphrase) : setStage({ at: 'protect' }))}
        />
      );
    case 'protect':
      return (
        <Protect onBack={() => setStage({ at: 'review' })} onCast={(passphrase) => void send(passphrase)} />
      );
    case 'sealing':
      return (
        <Sealing
          progress={stage.progress}
          problem={stage.problem}
          onRetry={() => void send(chosen.current)}
          onBack={() => setStage({ at: 'edit' })}
        />
      );
    case 'done':
      return <Done {...stage} />;
    case 'voted':
      return <Voted working={working} problem={problem} onUnlock={(passphrase) => void unlock(passphrase)} />;
    case 'view':
      return (
        <View
          draft={draft}
          working={working !== null}
          problem={problem}
          onReplace={() => setStage({ at: 'edit' })}
          onWithdraw={() => void withdraw()}
          onLock={() => {
            setOpened(null);
            setDraft(emptyDraft(ids));
            setStage({ at: 'voted' });
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
