import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import { beforeCommit } from '../transact.ts';
import type { OpenedElection } from './election-row.ts';

const OF_A_BOX = [
  'ballot_box',
  'released_record',
  'participation',
  'voided_participation',
  'unlock_failure',
  'roll_binding',
  'checkpoint',
  'result',
] as const;

/** Removes every row of an election but its exception requests and what the audit trail says. */
export async function removeRows(
  em: EntityManager,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<void> {
  // A server that dies after the commit must not leave a row that is missed for ever.
  beforeCommit(em, { election: id, item: 'leaving', version, tag: '' });
  for (const table of OF_A_BOX) await tables(em).deleteFrom(table).where('election', '=', id).execute();
  await tables(em).deleteFrom('election').where('id', '=', id).execute();
}

/** Removes the files of the boards of an election and of its runs before. A restart keeps what voided them. */
export async function removeBoards(
  em: EntityManager,
  { manifestHash, voided }: Pick<OpenedElection, 'manifestHash' | 'voided'>,
): Promise<void> {
  const boards = [manifestHash, ...voided.map((run) => run.manifestHash)];
  await tables(em).deleteFrom('board_file').where('board', 'in', boards).execute();
}

/** Destroys the keys of an election whose rows are gone, or never came about. */
export function forgetKeys(ctx: Pick<Context, 'keys'>, id: string): void {
  ctx.keys.destroyElection(id);
  ctx.keys.destroyLink(id);
  ctx.keys.witness.forget(id);
}
