/** A server reduced to casting, for tests that need several processes or kill one. */
import { DatabaseFault, startDatabase } from '@elekto/db';
import type { Election } from '@elekto/election';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { BallotBox } from '@elekto/ballot-box';
import { TEST_KDF } from '../test-kdf.ts';
import type { Job } from './pool.ts';

type Message =
  | { readonly url: string; readonly secrets: string; readonly now: number; readonly election: Election }
  | { readonly jobs: readonly Job[]; readonly how: 'at-once' | 'one-by-one' };

let box: BallotBox | undefined;
let election: Election | undefined;

async function answerOf({ person, cast }: Job): Promise<string> {
  if (box === undefined || election === undefined) throw new Error('not started');
  try {
    const result = await box.cast(election, person, cast);
    return result.ok ? 'accepted' : result.error.kind;
  } catch (error) {
    return error instanceof DatabaseFault ? `fault-${error.kind}` : String(error);
  }
}

process.on('message', (message: Message) => {
  void (async () => {
    if ('url' in message) {
      const db = await startDatabase({ url: message.url });
      ({ election } = message);
      box = createBallotBox({
        db,
        keys: openKeys(message.secrets),
        now: () => Promise.resolve(message.now),
        kdf: TEST_KDF,
      });
      process.send?.('ready');
      return;
    }
    if (message.how === 'at-once') process.send?.(await Promise.all(message.jobs.map(answerOf)));
    else {
      const queue = message.jobs.entries();
      // Four at a time, so that they wait for each other.
      const take = async () => {
        for (const [index, job] of queue) process.send?.({ index, answer: await answerOf(job) });
      };
      await Promise.all([take(), take(), take(), take()]);
    }
  })();
});
process.on('disconnect', () => process.exit(0));
