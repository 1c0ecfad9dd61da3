import { DatabaseFault } from './fault.ts';

/**
 * Lets at most `most` pieces of work go on at a time, the others in the order of their coming. A thousand
 * voters at once wait here, and not in the driver's pool, whose patience is meant for a database that
 * does not answer. Who has waited longer than `patience` ms is refused with a fault of kind `lost`.
 */
export function takeTurns(most: number, patience: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let going = 0;

  function turn(): Promise<void> {
    if (going < most) {
      going += 1;
      return Promise.resolve();
    }
    return new Promise((go, refuse) => {
      const take = (): void => {
        clearTimeout(limit);
        go();
      };
      const limit = setTimeout(() => {
        waiting.splice(waiting.indexOf(take), 1);
        refuse(new DatabaseFault('lost', 'QUEUE'));
      }, patience);
      waiting.push(take);
    });
  }

  return async (work) => {
    await turn();
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) going -= 1;
      else next();
    }
  };
}
