/** The tRPC instance: error format, limits, and the three kinds of procedure. */
import { initTRPC, type TRPCError } from '@trpc/server';
import { ZodError } from 'zod';

import type { ApiContext, LimitName } from './context.ts';
import { asApiRefusal, RefusalError, refuse, type ApiRefusal } from './refusal.ts';

interface ProcedureMeta {
  /** Which limit a call counts against; `read` when not said. */
  readonly limit?: LimitName;
}

/** What a client may read for errors that are no refusals: our own words, by code. */
const PLAIN: Partial<Record<TRPCError['code'], string>> = {
  NOT_FOUND: 'There is no such procedure.',
  METHOD_NOT_SUPPORTED: 'This procedure does not take that HTTP method.',
  UNSUPPORTED_MEDIA_TYPE: 'Send JSON.',
  PAYLOAD_TOO_LARGE: 'The request is too large.',
  CLIENT_CLOSED_REQUEST: 'The request was given up.',
};

const INTERNAL =
  'Something went wrong on the server. Try again; if it stays, tell the operator the request id.';

function refusalOf(error: TRPCError, path: string | undefined): ApiRefusal | null {
  if (error.cause instanceof RefusalError) return error.cause.refusal;
  if (error.code !== 'BAD_REQUEST' && error.code !== 'PARSE_ERROR') return null;
  const ballot = path === 'ballot.cast' || path === 'ballot.replace';
  return asApiRefusal(ballot && error.cause instanceof ZodError ? 'malformed-ballot' : 'bad-request');
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    // Streams are ended now and then, so that a session that was ended meanwhile is noticed.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, maxDurationMs: 10 * 60_000 },
    // Raw messages hold values (of drivers, of parsers, of paths): none of them goes out.
    errorFormatter({ shape, error, ctx, path }) {
      const refusal = refusalOf(error, path);
      return {
        code: shape.code,
        message: refusal?.message ?? PLAIN[error.code] ?? INTERNAL,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          requestId: ctx?.requestId ?? null,
          refusal,
        },
      };
    },
  });

export const router = t.router;

/** Counted per call, so that a batch of twenty counts twenty times. */
const limited = t.middleware(async ({ ctx, meta, next }) => {
  const who = ctx.person
    ? [`person:${ctx.person.userId}`, `address:${ctx.address}`]
    : [`address:${ctx.address}`];
  const wait = await ctx.limits.take(meta?.limit ?? 'read', who);
  if (wait !== null) refuse('too-many-attempts', wait);
  return next();
});

/** For everybody. */
export const publicProcedure = t.procedure.use(limited);

/** For whoever is signed in; `ctx.person` is set. */
export const personProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.person) refuse('not-signed-in');
  return next({ ctx: { person: ctx.person } });
});
