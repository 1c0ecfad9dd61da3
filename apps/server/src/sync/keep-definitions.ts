/**
 * Keeps the last good definition of each running election in the database, so that a server that starts with an
 * empty cache, while a file in the repository is broken, serves what its replicas serve.
 */
import type { Notes, Standing } from '@elekto/ballot-box';
import type { ElectionKey } from '@elekto/election';
import type { LastGood, LastGoodByKey } from '@elekto/metarepo';

const PREFIX = 'definition/1 ';

/** The definitions that were kept. */
export async function keptDefinitions(kept: Pick<Notes, 'read'>): Promise<LastGoodByKey> {
  const notes = await kept.read(PREFIX);
  return new Map([...notes].map(([name, body]) => [name.slice(PREFIX.length), JSON.parse(body) as LastGood]));
}

/** Keeps what is good now of those in `rows` that are not counted yet, and forgets the others. */
export type DefinitionKeeper = (rows: ReadonlyMap<ElectionKey, Standing>) => Promise<void>;

export function definitionKeeper(notes: Notes, good: () => LastGoodByKey): DefinitionKeeper {
  /** What is known to be there, by key: the definition, without the commit at which it was read. */
  let there: Map<ElectionKey, string> | null = null;
  return async (rows) => {
    there ??= new Map([...(await keptDefinitions(notes))].map(([key, kept]) => [key, textOf(kept)]));
    for (const [key, row] of rows) {
      const found = good().get(key);
      if (row.damaged || (row.state !== 'open' && row.state !== 'closed') || found === undefined) continue;
      if (there.get(key) === textOf(found)) continue;
      await notes.write(PREFIX + key, JSON.stringify(found));
      there.set(key, textOf(found));
    }
    const over = [...there.keys()].filter((key) => !runs(rows.get(key)));
    await notes.remove(over.map((key) => PREFIX + key));
    for (const key of over) there.delete(key);
  };
}

/** What cannot be read now may be one that runs. */
const runs = (row: Standing | undefined): boolean =>
  row !== undefined && (row.damaged || row.state === 'open' || row.state === 'closed');

const textOf = ({ election }: LastGood): string => JSON.stringify(election);
