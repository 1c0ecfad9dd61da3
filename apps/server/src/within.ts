/** Something was waited for longer than it may take. It may still be under way. */
export class TakesTooLong extends Error {
  override readonly name = 'TakesTooLong';
}

/** What `answer` says, if it says it within `ms`. @throws TakesTooLong */
export async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TakesTooLong(`not done within ${Math.round(ms / 1000)} s`)), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
