/** What somebody with the files of InnoDB reads beside the columns of a row. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnServer } from './own-server.ts';

/**
 * The transaction that wrote a row last, its place in the undo log and in the file, by the row's key: columns that every
 * clustered index has (MariaDB, "InnoDB record structure": the key, 6 bytes DB_TRX_ID, 7 bytes DB_ROLL_PTR, the other
 * columns). The text of a row is its key or, where a table has none, its first columns, which come after the two.
 */
export async function innodbFacts(
  server: OwnServer,
  table: string,
  texts: ReadonlyMap<string, string>,
  hasKey: boolean,
): Promise<Map<string, Record<string, number>>> {
  await server.flush(table);
  const file = readFileSync(join(server.dataDir, 'owned', `${table}.ibd`));
  const facts = new Map<string, Record<string, number>>();
  for (const [name, text] of texts) {
    const at = file.indexOf(text);
    if (at === -1) continue;
    const hidden = hasKey ? at + Buffer.byteLength(text) : at - 13;
    facts.set(name, {
      DB_TRX_ID: file.readUIntBE(hidden, 6),
      DB_ROLL_PTR: file.readUIntBE(hidden + 7, 6),
      'place in the file': at,
    });
  }
  return facts;
}
