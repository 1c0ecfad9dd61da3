/** The counts of the server that is chosen: looked at, and taken part in, with keys that stay in this process. */
import { join } from 'node:path';
import type { Result } from '@elekto/custody';
import type { OfficerKey } from '@elekto/custody/ceremony';
import { boxLine } from '@elekto/election';
import {
  boardServer,
  createPace,
  type CountLook,
  type Desk,
  type Effort,
  holdCount,
  lookAtCount,
  OfficerMemory,
  proveAlive,
  type Visit,
} from '@elekto/officer';
import type { Receipt } from '@elekto/protocol/ballot';
import { z } from 'zod';
import type { ServerAnswer } from '../../shared/bridge.ts';
import type { AliveState, CountBox, CountEffort, CountRepository, CountState } from '../../shared/count.ts';
import type { OfficerKeys } from '../keys/officer-keys.ts';

type Ask = (type: 'query' | 'mutation', path: string, input: unknown) => Promise<ServerAnswer>;

/** A desk with these keys, away from this thread, which has a window to serve. */
export type OpenDesk = (
  keys: readonly OfficerKey[],
  tell: (effort: Effort) => void,
) => { readonly desk: Desk; close(): Promise<void> };

export interface CountsOptions {
  readonly ask: Ask;
  readonly keys: OfficerKeys;
  /** Where this computer remembers what it did for the server that is chosen; null without one. */
  readonly folder: () => string | null;
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
    return this.#visit(election, receipts, lookAtCount);
  }

  /** Does what is due for the officer: mixes, and decrypts once enough have mixed. */
  act(election: string, receipts: readonly Receipt[]): Promise<ServerAnswer> {
    return this.#visit(election, receipts, holdCount);
  }

  /** Shows, while people vote, that the officer holds their share and that the ballots are sealed for what git says. */
  async sayAlive(election: string): Promise<ServerAnswer> {
    const memory = await this.#memory();
    if (!memory.ok) return refused(memory.error.message);
    const { repository } = memory.value;
    if (repository === null) return { kind: 'data', data: { kind: 'repository' } satisfies AliveState };
    const access = { cacheDir: join(this.#folder(), 'repository') };
    return this.#options.keys.withAll(async (keys) => {
      try {
        const manifest = z.string().parse(await this.#ask('query', 'board.manifest', { election }));
        const said = await proveAlive(election, manifest, keys, { memory: memory.value, repository, access });
        if (!said.ok) return refused(said.error.message);
        const answer = await this.#ask('mutation', 'custody.alive', { ...said.value, key: election });
        const { alive } = aliveAnswer.parse(answer);
        return { kind: 'data', data: { kind: 'alive', officers: alive.length } satisfies AliveState };
      } catch (error) {
        if (error instanceof Unanswered) return error.answer;
        if (error instanceof z.ZodError) return { kind: 'unreachable', reason: 'StrangeAnswer' };
        throw error;
      }
    });
  }

  /** Remembers where the elections are; whoever names another place later is refused. */
  async chooseRepository(repository: CountRepository): Promise<ServerAnswer> {
    const memory = await this.#memory();
    const kept = memory.ok ? await memory.value.keepRepository(repository) : memory;
    return { kind: 'data', data: kept.ok ? null : { kind: 'refused', message: kept.error.message } };
  }

  async #visit(
    election: string,
    receipts: readonly Receipt[],
    work: (election: string, visit: Visit) => Promise<Result<CountLook | null>>,
  ): Promise<ServerAnswer> {
    const memory = await this.#memory();
    if (!memory.ok) return refused(memory.error.message);
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
          access: { cacheDir: join(this.#folder(), 'repository') },
          server: boardServer((...asked) => this.#ask(...asked), election),
          receipts,
          desk,
          now: Date.now,
        });
        return found.ok ? { kind: 'data', data: stateOf(found.value) } : refused(found.error.message);
      } catch (error) {
        if (error instanceof Unanswered) return error.answer;
        throw error;
      } finally {
        await close();
      }
    });
  }

  #folder(): string {
    const folder = this.#options.folder();
    if (folder === null) throw new Unanswered({ kind: 'unreachable', reason: 'NoServer' });
    return folder;
  }

  #memory(): Promise<Result<OfficerMemory>> {
    return OfficerMemory.open(join(this.#folder(), 'memory.json'));
  }

  async #ask(...asked: Parameters<Ask>): Promise<unknown> {
    const answer = await this.#options.ask(...asked);
    if (answer.kind === 'data') return answer.data;
    throw new Unanswered(answer);
  }
}

const aliveAnswer = z.object({ alive: z.array(z.number()) });

const refused = (message: string): ServerAnswer => ({
  kind: 'data',
  data: { kind: 'refused', message } satisfies CountState,
});

function stateOf(look: CountLook | null): CountState {
  if (look === null) return { kind: 'no-box' };
  const { ballots, boxHash, manifestHash, boxFile, onBranchSince, inspectedAt, threshold, due, against } =
    look;
  return {
    ...{ kind: 'box', ballots, boxHash, boxFile, inspectedAt, threshold, due },
    line: boxLine({ hash: boxHash, manifestHash }),
    onBranch: onBranchSince !== null,
    officers: look.officers.map((login, i) => ({
      login,
      mixed: look.mixers.includes(i + 1),
      decrypted: look.decrypted.includes(i + 1),
      own: look.own === i + 1,
    })),
    against: against === null ? null : { code: against.code, message: against.message },
  } satisfies CountBox;
}
