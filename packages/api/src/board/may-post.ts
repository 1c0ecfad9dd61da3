import type { ApiContext } from '../context.ts';
import { isColleague } from '../custody/procedure.ts';

/** Whether who asks may post files of a board at all: megabytes are read of nobody else. */
export async function mayPostFiles(
  ctx: Pick<ApiContext, 'person' | 'snapshot' | 'box' | 'signIn'>,
): Promise<boolean> {
  const { person } = ctx;
  return person !== null && ctx.snapshot() !== null && isColleague({ ...ctx, person });
}
