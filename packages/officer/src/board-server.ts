import type { Receipt } from '@elekto/protocol/ballot';
import { z } from 'zod';

/** Asks the server's interface; rejects when it refuses or does not answer. */
export type Call = (type: 'query' | 'mutation', path: string, input: unknown) => Promise<unknown>;

/** A server has answered in another form than this version knows: nobody's mistake here, and nothing to act on. */
export class StrangeAnswer extends Error {
  override readonly name = 'StrangeAnswer';
}

/** What a server answered, in its form. @throws StrangeAnswer when it is of another one. */
export function answered<T>(form: z.ZodType<T>, answer: unknown): T {
  const read = form.safeParse(answer);
  if (read.success) return read.data;
  throw new StrangeAnswer('the server did not answer as this version does');
}

/** What the server of an election does in the count: it passes files on. Nothing that it says is taken on trust. */
export interface BoardServer {
  files(): Promise<readonly { readonly name: string; readonly sha256: string }[]>;
  file(name: string): Promise<Uint8Array | null>;
  post(file: Uint8Array): Promise<void>;
  /** What the voter of a receipt signed when their ballot left the box. */
  release(receipt: Receipt): Promise<{
    readonly record: string;
    readonly newHash: string | null;
    readonly release: string;
  } | null>;
}

const files = z.array(z.object({ name: z.string().max(100), sha256: z.string() })).max(10_000);
const file = z.string().regex(/^[A-Za-z0-9_-]*$/);
const shown = z.object({ record: z.string(), newHash: z.string().nullable(), release: z.string() });
const released = z.object({ shown: shown.nullable() });

/** The board of an election behind the server's interface. Answers of another form reject with a StrangeAnswer. */
export const boardServer = (call: Call, election: string): BoardServer => ({
  files: async () => answered(files, await call('query', 'board.files', { election })),
  file: async (name) =>
    Buffer.from(answered(file, await call('query', 'board.file', { election, name })), 'base64url'),
  post: async (bytes) => {
    await call('mutation', 'board.post', { election, file: Buffer.from(bytes).toString('base64url') });
  },
  release: async (receipt) =>
    answered(released, await call('mutation', 'ballot.release', { key: election, receipt })).shown,
});
