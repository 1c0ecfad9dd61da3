import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import { MUTATIONS, QUERIES } from '../../shared/procedures.ts';
import type { ServerAnswer } from '../../shared/bridge.ts';
import type { Accounts } from '../accounts.ts';
import type { LiveService } from '../live-service.ts';
import { callServer } from '../server-client.ts';
import { handle } from './handle.ts';

/** The server checks the shape itself; here only that it is plain data of a sensible size. */
const inputSchema = z
  .json()
  .optional()
  .refine((value) => (JSON.stringify(value) ?? '').length <= 100_000);

const notSignedIn = z.object({ data: z.object({ code: z.literal('UNAUTHORIZED') }) });

const NO_SERVER: ServerAnswer = { kind: 'unreachable', reason: 'No server is chosen.' };

export type Call = (type: 'query' | 'mutation', path: string, input: unknown) => Promise<ServerAnswer>;

/** Calls of the server that is chosen; a sign-in that has ended there has ended here, too. */
export const callsOf =
  (accounts: Accounts): Call =>
  async (type, path, input) => {
    const server = accounts.server();
    if (server === null) return NO_SERVER;
    const answer = await callServer(server, type, path, input);
    if (answer.kind === 'error' && notSignedIn.safeParse(answer.error).success) await accounts.expire();
    return answer;
  };

export function handleServer(call: Call, live: LiveService): void {
  handle(CHANNELS.query, z.tuple([z.enum(QUERIES), inputSchema]), ([path, input]) =>
    call('query', path, input),
  );
  handle(CHANNELS.mutate, z.tuple([z.enum(MUTATIONS), inputSchema]), ([path, input]) =>
    call('mutation', path, input),
  );
  handle(CHANNELS.watch, z.tuple([z.boolean()]), ([on], contents) => {
    if (on) live.watch(contents);
    else live.unwatch(contents);
  });
}
