import type { CustodyFile, Election, LoginRule } from '@elekto/election';
import { sameLogin } from '@elekto/election';
import { type Header, readTranscript } from '@elekto/custody/ceremony';
import { z } from 'zod';

import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';
import { refuse } from '../refusal.ts';
import { personProcedure } from '../trpc.ts';

export const fileSchema = z.string().min(1).max(100);

type Signed = Pick<ApiContext, 'snapshot' | 'box' | 'signIn'> & {
  readonly person: NonNullable<ApiContext['person']>;
};

/** The custody files whose officers are this person's colleagues: all of them for an officer of anything, else those that name the login. */
export async function boardsFor(ctx: Signed): Promise<readonly CustodyFile[]> {
  const isOfficer = await isOfficerOfAny(ctx);
  const { boards } = servedSnapshot(ctx).custody;
  return [...boards.values()].filter((file) => isOfficer || names(file, ctx.person.login, ctx.signIn));
}

/** Whether this person holds an office in any election. */
async function isOfficerOfAny(ctx: Signed): Promise<boolean> {
  const elections = [...servedSnapshot(ctx).elections.values()].flatMap(({ election }) => election ?? []);
  return (await ctx.box.officesOf(elections, ctx.person)).size > 0;
}

/** Whether this person is an officer of any election, or stands in a custody file. */
export const isColleague = async (ctx: Signed): Promise<boolean> =>
  (await isOfficerOfAny(ctx)) || (await boardsFor(ctx)).length > 0;

const names = ({ officers }: CustodyFile, login: string, rule: LoginRule): boolean =>
  officers?.some((officer) => sameLogin(officer.login, login, rule)) ?? false;

/** The elections of the snapshot that name a custody file. */
export const electionsWith = (ctx: Pick<ApiContext, 'snapshot'>, file: string): Election[] =>
  [...servedSnapshot(ctx).elections.values()].flatMap(({ election }) =>
    election?.custody?.file === file ? [election] : [],
  );

/**
 * For officers, about the custody file named by `file`; `ctx.board` is that file, `ctx.header` its ceremony. Others get
 * `not-officer`, whether or not there is such a file.
 */
export const boardProcedure = personProcedure
  .meta({ limit: 'officer' })
  .input(z.object({ file: fileSchema }))
  .use(async ({ ctx, input, next }) => {
    const board = (await boardsFor(ctx)).find(({ file }) => file === input.file) ?? refuse('not-officer');
    return next({ ctx: { board, header: headerOf(board) } });
  });

function headerOf(board: CustodyFile): Header {
  const read = readTranscript(board.text);
  return read.ok ? read.value.header : refuse('board-unreadable');
}
