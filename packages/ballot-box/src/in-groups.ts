import { setImmediate as endOfTurn } from 'node:timers/promises';

/**
 * Who comes while work is under way waits for the next, which is on all who wait then, `most` at a time and one after the other. Who comes
 * in one turn of the event loop begins together: where many are answered at once, many come again at once.
 *
 * @param work answers each in the order of `all`; when it rejects, all of them are rejected.
 */
export function inGroups<One, Answer>(
  most: number,
  work: (all: readonly One[]) => Promise<readonly Answer[]>,
): (one: One) => Promise<Answer> {
  const waiting: { one: One; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  let isGoing = false;

  async function goOn(): Promise<void> {
    isGoing = true;
    while (waiting.length > 0) {
      await endOfTurn();
      const group = waiting.splice(0, most);
      try {
        const answers = await work(group.map(({ one }) => one));
        for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isGoing = false;
  }

  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!isGoing) void goOn();
    });
}
