import { MOST_FILE_BYTES } from '@elekto/custody/board';
import { z } from 'zod';

import { refuseFile, unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';

import { countProcedure } from './procedure.ts';

const input = z.strictObject({
  election: keySchema,
  /** base64url. */
  file: z
    .string()
    .min(1)
    .max(Math.ceil((MOST_FILE_BYTES * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/),
});

/**
 * Takes a signed file of an officer onto the board: a mix, a decryption, a decision about a tie, or that the run is void.
 * It is checked against everything that stands there before it is kept; what is not kept is refused with the sentence that
 * names step and party. `known`: it was there already.
 */
export const postBoardFile = countProcedure
  .input(input)
  .output(z.object({ kept: z.enum(['kept', 'known']) }))
  .mutation(async ({ ctx, input: { election, file } }) => {
    const posted = unwrap(await ctx.box.postFile(election, Buffer.from(file, 'base64url'), ctx.source));
    return 'kept' in posted ? { kept: posted.kept } : refuseFile(posted.refused.message);
  });
