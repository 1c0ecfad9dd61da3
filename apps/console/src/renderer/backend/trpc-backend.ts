/** The backend over tRPC. The link decides how calls travel: HTTP in the browser, IPC in the desktop app. */
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import type { AppRouter } from '@elekto/api';
import { fromBase64Url } from '@elekto/wire';
import { Refused, Unreachable, type Backend } from './backend.ts';
import { subscribe } from './live.ts';
import type { Overview, PublicResult, Turnout } from './model.ts';

/** Turns what tRPC throws into the two kinds that the console knows; anything else is a bug somewhere. */
export function translateError(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const data = error.data as {
    code?: string;
    refusal?: { kind: string; message: string; detail?: number } | null;
  } | null;
  if (data?.refusal) return new Refused(data.refusal.kind, data.refusal.message, data.refusal.detail);
  if (data?.code === 'UNAUTHORIZED') return new Refused('not-signed-in', 'You are not signed in.');
  // Without a code there was no answer in tRPC's shape: no network, a proxy's page, a stopped server.
  return data?.code === undefined ? new Unreachable(error.message) : error;
}

async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw translateError(error);
  }
}

/** What a server of before, which does not say it, signs people in with. */
const GITHUB = { name: 'GitHub', profiles: 'https://github.com' };

export function createTrpcBackend(link: TRPCLink<AppRouter>): Backend {
  const client = createTRPCClient<AppRouter>({ links: [link] });
  const { officer } = client;
  return {
    me: async () => ({ login: (await answer(client.me.get.query())).user?.login ?? null }),
    provider: async () => {
      const { signIn = GITHUB } = await answer(client.me.get.query());
      return signIn;
    },
    version: async () => (await answer(client.status.get.query())).version,
    signOut: async () => void (await answer(client.me.signOut.mutate())),
    // A server of before tells of no shares without an office.
    overview: async () => {
      const told: Omit<Overview, 'held'> & Partial<Overview> = await answer(officer.elections.query());
      return { held: [], ...told };
    },
    definition: (key) => answer(officer.definition.query({ key })),
    // A server of before tells nothing of earlier elections.
    turnout: async (key) => {
      const told: Omit<Turnout, 'earlier'> & Partial<Turnout> = await answer(officer.turnout.query({ key }));
      return { earlier: [], ...told };
    },
    exceptions: (key) => answer(officer.exceptions.query({ key })),
    decide: (input) => answer(officer.decide.mutate(input)),
    roll: (key) => answer(officer.roll.query({ key })),
    close: async (key) => void (await answer(officer.close.mutate({ key }))),
    result: async (key) => await answer(officer.outcome.query({ key })),
    publicResult: (key) => answer<PublicResult>(officer.publicResult.query({ key })),
    ballotsCsv: (key) => answer(officer.ballotsCsv.query({ key })),
    resultsJson: (key) => answer(officer.resultsJson.query({ key })),
    resultsDraft: (key) => answer(officer.resultsDraft.query({ key })),
    board: (election) => ({
      sizes: () => answer(client.board.files.query({ election })),
      file: async (name) => {
        const text = await answer(client.board.file.query({ election, name }));
        const bytes = fromBase64Url(text, Math.floor((text.length * 3) / 4));
        if (bytes === null) throw new Unreachable(`The answer for ${name} is no file.`);
        return bytes;
      },
      custody: () => answer(client.board.custody.query({ election })),
    }),
    recordTieDecision: async (key, winners, how) =>
      (await answer(officer.recordTieDecision.mutate({ key, winners: [...winners], how }))).step,
    published: async (key) => void (await answer(officer.published.mutate({ key }))),
    restart: async (key, step) => {
      if (step === 'ask') await answer(officer.askRestart.mutate({ key }));
      else if (step === 'confirm') await answer(officer.confirmRestart.mutate({ key }));
      else await answer(officer.cancelRestart.mutate({ key }));
    },
    strike: async (key, id, strike) => void (await answer(officer.strike.mutate({ key, id, strike }))),
    audit: (key) => answer(officer.audit.query({ key })),
    rehearse: async (key, ballots, seed) => await answer(officer.rehearse.mutate({ key, ballots, seed })),
    live: (listener) => subscribe(officer, listener),
  };
}
