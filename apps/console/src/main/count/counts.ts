/** The counts of the server that is chosen: looked at, and taken part in, with keys that stay in this process. */
import type { Refusal, Result } from '@elekto/custody';
import type { OfficerKey } from '@elekto/custody/ceremony';
import { boxLine } from '@elekto/election';
import {
  answered,
  boardServer,
  createPace,
  type CountLook,
  decideTie,
  type Desk,
  type Effort,
  holdCount,
  lookAtCount,
  type OfficerMemory,
  openDecision,
  proveAlive,
  StrangeAnswer,
  takeBackVoid,
  type Published,
  publishedKeys,
  type Visit,
  voidRun,
} from '@elekto/officer';
import type { Receipt } from '@elekto/protocol/ballot';
import { z } from 'zod';
import type { ServerAnswer } from '../../shared/bridge.ts';
import type {
  AliveState,
  CountBox,
  CountEffort,
  CountRepository,
  CountState,
  TieState,
  TieWords,
  VoidState,
} from '../../shared/count.ts';
import type { OfficerKeys } from '../keys/officer-keys.ts';

type Ask = (type: 'query' | 'mutation', path: string, input: unknown) => Promise<ServerAnswer>;

/** A desk with these keys, away from this thread, which has a window to serve. */
export type OpenDesk = (
  keys: readonly OfficerKey[],
  tell: (effort: Effort) => void,
) => { readonly desk: Desk; close(): Promise<void> };

/** A server, and where on this computer the copies of its repository are. */
export interface CountServer {
  readonly address: string;
  readonly copies: string;
}

export interface CountsOptions {
  readonly ask: Ask;
  readonly keys: OfficerKeys;
  /** The server that is chosen; null without one. */
  readonly server: () => CountServer | null;
  /** What this computer remembers, opened for the server of this address. */
  readonly openMemory: (address: string) => Promise<Result<OfficerMemory>>;
  readonly openDesk: OpenDesk;
  readonly tell: (effort: CountEffort) => void;
}

/** What the server said instead of an answer, to be passed on as it came. */
class Unanswered extends Error {
  readonly answer: ServerAnswer;
  constructor(answer: ServerAnswer) {
    super('no answer');
    this.answer = answer;
  }
}

export class Counts {
  readonly #options: CountsOptions;

  constructor(options: CountsOptions) {
    this.#options = options;
  }

  /** Looks at a count and checks every file of it. */
  look(election: string, receipts: readonly Receipt[]): Promise<ServerAnswer> {
    return this.#visit(election, receipts, lookAtCount, stateOf);
  }

  /** Does what is due for the officer: mixes, and decrypts once enough have mixed. */
  act(election: string, receipts: readonly Receipt[]): Promise<ServerAnswer> {
    return this.#visit(election, receipts, holdCount, stateOf);
  }

  /** Counts the ballots after all that the officer has signed to be void. */
  takeBackVoid(election: string, receipts: readonly Receipt[]): Promise<ServerAnswer> {
    return this.#visit(election, receipts, takeBackVoid, stateOf);
  }

  /** Signs how a tie was decided, after the whole count was checked: these very words, whoever said them first. */
  decideTie(election: string, { number, winners, how, of }: TieWords): Promise<ServerAnswer> {
    const said = { number, winners: [...winners], how };
    const own = of === null ? { ...said, at: Date.now() } : { ...said, as: of.login, at: of.at };
    return this.#visit(
      election,
      [],
      (key, visit) => decideTie(key, visit, own),
      ({ by }) => ({ kind: 'signed', by }) satisfies TieState,
    );
  }

  /** Who has signed that the ballots of a running election are void. */
  async lookAtVoids(election: string): Promise<ServerAnswer> {
    try {
      const standing = await this.#ask('query', 'board.standing', { election });
      const { voided, threshold, officers } = answered(standingAnswer, standing);
      const signed = voided.map(({ officer, reason }) => ({ login: officers[officer - 1] ?? '', reason }));
      return { kind: 'data', data: { kind: 'voids', threshold, signed } satisfies VoidState };
    } catch (error) {
      return unanswered(error);
    }
  }

  /** Signs that the ballots of a running election are void, for this reason; as many as open a count have to give the same. */
  async signVoid(election: string, reason: string): Promise<ServerAnswer> {
    const memory = await this.#memory();
    if (!memory.ok) return refused(memory.error);
    const { repository } = memory.value;
    if (repository === null) return { kind: 'data', data: { kind: 'repository' } satisfies VoidState };
    const access = { cacheDir: this.#server().copies };
    return this.#options.keys.withAll(async (keys) => {
      try {
        const manifest = answered(z.string(), await this.#ask('query', 'board.manifest', { election }));
        const sources = { memory: memory.value, repository, access, now: Date.now };
        const file = await voidRun(election, manifest, reason, keys, sources);
        if (!file.ok) return refused(file.error, memory.value);
        await boardServer((...asked) => this.#ask(...asked), election).post(file.value);
        return await this.lookAtVoids(election);
      } catch (error) {
        return unanswered(error);
      }
    });
  }

  /** Shows, while people vote, that the officer holds their share and that the ballots are sealed for what git says. */
  async sayAlive(election: string): Promise<ServerAnswer> {
    const memory = await this.#memory();
    if (!memory.ok) return refused(memory.error);
    const { repository } = memory.value;
    if (repository === null) return { kind: 'data', data: { kind: 'repository' } satisfies AliveState };
    const access = { cacheDir: this.#server().copies };
    return this.#options.keys.withAll(async (keys) => {
      try {
        const manifest = answered(z.string(), await this.#ask('query', 'board.manifest', { election }));
        const said = await proveAlive(election, manifest, keys, { memory: memory.value, repository, access });
        if (!said.ok) return refused(said.error, memory.value);
        const answer = await this.#ask('mutation', 'custody.alive', { ...said.value.holding, key: election });
        const { alive } = answered(aliveAnswer, answer);
        const { note } = said.value;
        return { kind: 'data', data: { kind: 'alive', officers: alive.length, note } satisfies AliveState };
      } catch (error) {
        return unanswered(error);
      }
    });
  }

  /** Whose keys are whose by git itself; null where this computer was not told yet where the elections are. */
  async publishedKeys(): Promise<Result<Published> | null> {
    const memory = await this.#memory();
    if (!memory.ok) return memory;
    const { repository } = memory.value;
    const access = { cacheDir: this.#server().copies };
    return repository === null ? null : publishedKeys({ memory: memory.value, repository, access });
  }

  /** Remembers where the elections are; whoever names another place once the election was found there is refused. */
  async chooseRepository(repository: CountRepository): Promise<ServerAnswer> {
    const memory = await this.#memory();
    const kept = memory.ok ? await memory.value.keepRepository(repository) : memory;
    return { kind: 'data', data: kept.ok ? null : { kind: 'refused', message: kept.error.message } };
  }

  async #visit<T>(
    election: string,
    receipts: readonly Receipt[],
    work: (election: string, visit: Visit) => Promise<Result<T>>,
    shown: (found: T) => CountState | TieState,
  ): Promise<ServerAnswer> {
    const memory = await this.#memory();
    if (!memory.ok) return refused(memory.error);
    const { repository } = memory.value;
    if (repository === null) return { kind: 'data', data: { kind: 'repository' } satisfies CountState };
    const pace = createPace(() => performance.now());
    const tell = (effort: Effort): void =>
      this.#options.tell({ election, kind: effort.kind, expected: pace(effort) });
    return this.#options.keys.withAll(async (keys) => {
      const { desk, close } = this.#options.openDesk(keys, tell);
      try {
        const found = await work(election, {
          memory: memory.value,
          repository,
          access: { cacheDir: this.#server().copies },
          server: boardServer((...asked) => this.#ask(...asked), election),
          receipts,
          desk,
          now: Date.now,
        });
        return found.ok ? { kind: 'data', data: shown(found.value) } : refused(found.error, memory.value);
      } catch (error) {
        return unanswered(error);
      } finally {
        await close();
      }
    });
  }

  #server(): CountServer {
    const server = this.#options.server();
    if (server === null) throw new Unanswered({ kind: 'unreachable', reason: 'NoServer' });
    return server;
  }

  #memory(): Promise<Result<OfficerMemory>> {
    return this.#options.openMemory(this.#server().address);
  }

  async #ask(...asked: Parameters<Ask>): Promise<unknown> {
    const answer = await this.#options.ask(...asked);
    if (answer.kind === 'data') return answer.data;
    throw new Unanswered(answer);
  }
}

/** What the server said in the place of an answer; what is no such thing is a mistake of this program. */
function unanswered(error: unknown): ServerAnswer {
  if (error instanceof Unanswered) return error.answer;
  if (error instanceof StrangeAnswer) return { kind: 'unreachable', reason: 'StrangeAnswer' };
  throw error;
}

const standingAnswer = z.object({
  voided: z.array(z.object({ officer: z.number(), reason: z.string() })),
  threshold: z.number(),
  officers: z.array(z.string()),
});
const aliveAnswer = z.object({ alive: z.array(z.number()) });

/** Refusals that a wrong place has as well. */
const ELSEWHERE: ReadonlySet<string> = new Set(['act-repository', 'act-election', 'act-history']);

/** Where the election was never found yet, it may be at another place, which is asked once more. */
function refused({ code, message }: Refusal, memory: OfficerMemory | null = null): ServerAnswer {
  const asks = memory !== null && !memory.isSettled && ELSEWHERE.has(code);
  const data: CountState = asks
    ? { kind: 'repository', because: message }
    : { kind: 'refused', code, message };
  return { kind: 'data', data };
}

function stateOf(look: CountLook | null): CountState {
  if (look === null) return { kind: 'no-box' };
  const { number, open } = openDecision(look);
  const { ballots, boxHash, manifestHash, boxFile, inspectedAt, threshold, due, against, note } = look;
  return {
    ...{ kind: 'box', ballots, boxHash, boxFile, inspectedAt, threshold, due, note },
    line: boxLine({ hash: boxHash, manifestHash }),
    officers: look.officers.map((login, i) => ({
      login,
      mixed: look.mixers.includes(i + 1),
      decrypted: look.decrypted.includes(i + 1),
      own: look.own === i + 1,
    })),
    decision: number,
    ties: open.map(({ said, officers }) => ({
      ...{ ...said, own: look.own !== null && officers.has(look.own) },
      by: [...officers].map((position) => look.officers[position - 1] ?? ''),
    })),
    against: against === null ? null : { code: against.code, message: against.message },
  } satisfies CountBox;
}
