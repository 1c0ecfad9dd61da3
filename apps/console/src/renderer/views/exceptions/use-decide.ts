import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ElectionKey } from '@elekto/election';
import { phrase } from '@elekto/words';
import { Refused, Unreachable, type DecideInput } from '../../backend/backend.ts';
import type { ExceptionRequest } from '../../backend/model.ts';
import { useBackend } from '../../host/host-context.ts';
import texts from '../../texts/exceptions.json' with { type: 'json' };

/** The requests as the officer saw them: what has changed since is not decided. */
type Decision = Pick<DecideInput, 'status' | 'note'> & { readonly requests: readonly ExceptionRequest[] };

/** How many decisions were taken and how many requests had changed meanwhile: those are left to be looked at again. */
export interface Decided {
  readonly done: number;
  /** Of these, how many wait for a second officer. */
  readonly proposed: number;
  readonly changed: number;
  /** The last one as it is now; null where all had changed. */
  readonly last: ExceptionRequest | null;
}

/** Takes one decision on each of the requests, one after another. What another officer decided meanwhile stays. */
export function useDecide(key: ElectionKey) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ requests, status, note }: Decision): Promise<Decided> => {
      let done = 0;
      let proposed = 0;
      let changed = 0;
      let last: ExceptionRequest | null = null;
      for (const { id, version } of requests) {
        try {
          last = await backend.decide({ key, id, version, status, note: note.trim() });
          done += 1;
          if (last.proposal !== null) proposed += 1;
        } catch (error) {
          // Of several one that has changed stops nothing; alone it is told.
          if (requests.length === 1 || !(error instanceof Refused) || error.kind !== 'conflict') throw error;
          changed += 1;
        }
      }
      return { done, proposed, changed, last };
    },
    onSettled: async () => {
      await Promise.all([
        // After a conflict the other officer's decision must be seen before the next try.
        client.invalidateQueries({ queryKey: ['exceptions', key] }),
        client.invalidateQueries({ queryKey: ['roll', key] }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]);
      // The views have it a task later; what is said before that invites a key that would act on the old version.
      await new Promise((shown) => setTimeout(shown, 0));
    },
  });
}

/** What is said of a decision that failed: without an answer nobody knows whether it was taken. */
export const saysFailed = (error: unknown, login: string, refused: string): string =>
  phrase(error instanceof Unreachable ? texts['no-answer'] : refused, { login }, 'en');
