import { useEffectEvent, useRef } from 'react';
import { phrase } from '@elekto/words';
import type { ElectionOverview, ExceptionRequest, RequestStatus } from '../../backend/model.ts';
import { UNDO_SHOWN, useToast } from '../../parts/toast.tsx';
import texts from '../../texts/exceptions.json' with { type: 'json' };
import { saysFailed, useDecide } from './use-decide.ts';

interface Taken {
  readonly before: ExceptionRequest;
  readonly after: ExceptionRequest;
  /** By this machine's clock. */
  readonly until: number;
}

export interface Undo {
  /** Says what was done, with the way back for a while where there is one. */
  readonly say: (message: string, before: ExceptionRequest, after: ExceptionRequest) => void;
  /** Takes the last decision back that was just said; nothing where there is none. */
  readonly take: () => void;
  /** Whether one is being taken back: until then nobody sees what they would decide on. */
  readonly isTaking: () => boolean;
}

/** The key that takes the last decision back. */
export const UNDO_KEY = 'z';

const isDecided = (status: RequestStatus): boolean => status === 'approved' || status === 'declined';

/** What two officers have decided, one does not take back; nor does one drop what another has proposed. */
export const canBeUndone = (
  { fourEyes }: Pick<ElectionOverview, 'fourEyes'>,
  before: Pick<ExceptionRequest, 'status' | 'proposal'>,
  after: Pick<ExceptionRequest, 'status'>,
): boolean =>
  !fourEyes || (before.proposal === null && !isDecided(before.status) && !isDecided(after.status));

/**
 * The way back from the last decision. It was taken at once, and so it is taken back by another one, which gives the
 * request its state of before: the record and the thread keep both.
 */
export function useUndo(election: ElectionOverview): Undo {
  const toast = useToast();
  const decide = useDecide(election.key);
  const last = useRef<Taken | null>(null);
  // At once, where a state comes with the next drawing: two keys may come between two drawings.
  const taking = useRef(false);
  const take = useEffectEvent((): void => {
    const found = last.current;
    last.current = null;
    if (found === null || Date.now() > found.until) return;
    const { before, after } = found;
    const { status } = before;
    const note = status === 'open' ? '' : (before.history.at(-1)?.note ?? '');
    const words = texts.undo;
    taking.current = true;
    const taken = decide
      .mutateAsync({ requests: [after], status, note })
      .finally(() => (taking.current = false));
    void taken.then(
      () => {
        const said =
          after.proposal !== null ? words.proposal : status === 'open' ? words.done : words.earlier;
        toast(phrase(said, { login: before.login }, 'en'));
      },
      (error: unknown) => toast(saysFailed(error, before.login, words.failed)),
    );
  });
  return {
    say: (message, before, after) => {
      if (!canBeUndone(election, before, after)) {
        last.current = null;
        toast(message);
        return;
      }
      last.current = { before, after, until: Date.now() + UNDO_SHOWN };
      toast(message, { label: texts.undo.action, key: UNDO_KEY.toUpperCase(), act: take });
    },
    take,
    isTaking: () => taking.current,
  };
}
