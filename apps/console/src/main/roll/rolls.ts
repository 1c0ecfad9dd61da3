/** Rolls that the officer has built in this app. Tokens and the folder's path stay in this process. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readRules, type EvidenceRow } from '@elekto/roll';
import type { RollBuilt, RollFolder, RollProgress, RollWish } from '../../shared/roll.ts';
import texts from '../texts.json' with { type: 'json' };
import type { TokenStore } from '../token-store.ts';

interface Made {
  readonly voters: readonly string[];
  readonly rows: readonly EvidenceRow[];
}

/** What the thread is started for. */
export type RollTask =
  | {
      readonly do: 'build';
      readonly folder: string;
      readonly api: string;
      readonly token: string | null;
      readonly cache: string;
      readonly refresh: boolean;
    }
  | { readonly do: 'write'; readonly folder: string; readonly roll: Made };

/** What it says: its progress, and in the end one of the others. */
export type RollSaid =
  | { readonly progress: RollProgress }
  | {
      readonly built: Made & {
        readonly before: readonly string[] | null;
        readonly evidence: string;
        readonly summary: string;
      };
    }
  | { readonly written: true }
  | { readonly failed: string };

/** Runs a task; `ended` resolves with null when it was stopped. */
export type RunRollTask = (
  task: RollTask,
  tell: (progress: RollProgress) => void,
) => { readonly ended: Promise<RollSaid | null>; readonly stop: () => void };

interface Options {
  readonly tokens: Pick<TokenStore, 'remembers' | 'get' | 'set' | 'remove'>;
  /** Where answers of forges are kept. */
  readonly cache: string;
  readonly tell: (progress: RollProgress) => void;
  readonly run: RunRollTask;
}

const MOST_PROBLEMS = 20;

export class Rolls {
  readonly #options: Options;
  #chosen: { readonly folder: string; readonly api: string } | null = null;
  #made: Made | null = null;
  #stop: (() => void) | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Looks at a folder that the officer chose; null for none. */
  async choose(folder: string | null): Promise<RollFolder> {
    if (folder === null) return this.#state();
    this.#chosen = null;
    this.#made = null;
    const name = join(basename(dirname(folder)), basename(folder));
    const problems = (said: readonly string[]): RollFolder => ({
      kind: 'problems',
      folder: name,
      problems: said,
    });
    const text = await readFile(join(folder, 'roll.yaml'), 'utf8').catch(() => null);
    if (text === null) return problems([texts.roll['no-rules']]);
    const { rules, diagnostics } = readRules('roll.yaml', text);
    if (rules === null)
      return problems(
        diagnostics
          .slice(0, MOST_PROBLEMS)
          .map(({ line, message, hint }) => `Line ${line}: ${message} ${hint}`.trim()),
      );
    this.#chosen = { folder, api: rules.forge.api };
    return this.#state();
  }

  /** A token belongs to the address that it was given for: another roll.yaml, which may be a stranger's, does not get it. */
  async build({ token, keep, refresh }: RollWish): Promise<RollBuilt> {
    const chosen = this.#chosen;
    if (chosen === null) return { kind: 'failed', message: texts.roll['no-folder'] };
    this.stop();
    const { tokens, cache, run, tell } = this.#options;
    const place = placeOf(chosen.api);
    const { ended, stop } = run(
      { do: 'build', ...chosen, token: token || tokens.get(place), cache, refresh },
      tell,
    );
    this.#stop = stop;
    const said = await ended;
    // One that is not taken would only be in the way.
    if (token !== '' && keep && !(said !== null && 'failed' in said)) await tokens.set(place, token);
    if (said === null) return { kind: 'stopped' };
    if (!('built' in said)) return { kind: 'failed', message: 'failed' in said ? said.failed : '' };
    const { voters, rows, before, evidence, summary } = said.built;
    this.#made = { voters, rows };
    return { kind: 'built', voters, before, evidence, summary };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** Writes what was built last into the folder; null when it is there, else why not. */
  async write(): Promise<{ readonly message: string } | null> {
    if (this.#chosen === null || this.#made === null) return { message: texts.roll['not-built'] };
    const { folder } = this.#chosen;
    const said = await this.#options.run({ do: 'write', folder, roll: this.#made }, () => undefined).ended;
    if (said !== null && 'written' in said) return null;
    return { message: said !== null && 'failed' in said ? said.failed : texts.roll.stopped };
  }

  async forgetToken(): Promise<RollFolder> {
    if (this.#chosen !== null) await this.#options.tokens.remove(placeOf(this.#chosen.api));
    return this.#state();
  }

  #state(): RollFolder {
    if (this.#chosen === null) return { kind: 'none' };
    const { folder, api } = this.#chosen;
    const { tokens } = this.#options;
    return {
      kind: 'ready',
      folder: join(basename(dirname(folder)), basename(folder)),
      api,
      hasToken: tokens.get(placeOf(api)) !== null,
      remembers: tokens.remembers,
    };
  }
}

/** Under which name a token is kept, beside those of servers. */
const placeOf = (api: string): string => `forge ${api}`;
