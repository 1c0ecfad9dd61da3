import {
  leavesOf,
  standingOf,
  type Collector,
  type ContributionRule,
  type Kind,
  type RollRules,
  type Window,
} from '@elekto/roll';
import type { Account, Forge, Found } from '../forge.ts';
import { Clone } from '../git/clone.ts';
import type { Gathered, GatherOptions } from './options.ts';

/** What is asked of one repository, for all rules together. */
interface Job {
  readonly repository: string;
  readonly kinds: readonly Kind[];
  readonly window: Window;
}

/** Reads every repository that a rule looks at once, also those that are excepted: who is short is told what lies there. */
export async function readContributions(
  rules: RollRules,
  into: Collector,
  options: GatherOptions,
  accountOf: (address: string) => string | null,
): Promise<Omit<Gathered, 'facts'>> {
  const counted = leavesOf(rules.who).flatMap(({ source }) =>
    source.kind === 'contributions' ? [source] : [],
  );
  const jobs = await jobsFor(counted, options.forge);
  const cloned: string[] = [];
  let [done, unattributed] = [0, 0];
  let failed = false;
  const queue = [...jobs];
  const asked = new Map<string, Promise<Account | null>>();
  const [from, until] = [
    Math.min(...counted.map(({ window }) => window.from)),
    Math.max(...counted.map(({ window }) => window.until)),
  ];
  /** Of a forge whose lists of commits name no accounts: each address is asked for once. */
  const shownAt = (address: string, at: number): Promise<Account | null> | null => {
    if (at < from || at > until) return null;
    const known = asked.get(address) ?? options.forge.accountAt?.(address) ?? Promise.resolve(null);
    asked.set(address, known);
    return known;
  };
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      options.onProgress?.({ done, total: jobs.length, at: job.repository });
      const clone = options.clones === null ? null : await Clone.find(options.clones, job.repository);
      if (clone && job.kinds.includes('commits')) cloned.push(job.repository);
      for await (const { kind, account: told, address, at } of found(job, clone, options.forge, accountOf)) {
        let account = told;
        if (account === null && address !== null && accountOf(address) === null)
          account = await shownAt(address, at);
        const login = account?.login ?? (address === null ? null : accountOf(address));
        if (login === null) unattributed += 1;
        else into.contribution({ login, kind, repository: job.repository, at });
        if (account?.bot === true) into.bot(account.login);
        if (failed) return;
      }
      done += 1;
      options.onProgress?.({ done, total: jobs.length, at: job.repository });
    }
  };
  // The first failure stops the others: nobody goes on asking for a run that has failed.
  const guarded = (): Promise<void> =>
    work().catch((error: unknown) => {
      failed = true;
      queue.length = 0;
      throw error;
    });
  await Promise.all(Array.from({ length: Math.min(options.atOnce ?? 6, jobs.length) }, guarded));
  return { repositories: jobs.map(({ repository }) => repository), cloned: cloned.sort(), unattributed };
}

async function jobsFor(counted: readonly ContributionRule[], forge: Forge): Promise<readonly Job[]> {
  const names = new Set<string>();
  for (const pattern of new Set(counted.flatMap(({ repositories }) => repositories))) {
    const [owner = ''] = pattern.split('/');
    if (!pattern.includes('*')) names.add(pattern);
    else for (const name of await forge.repositories(owner)) names.add(name);
  }
  return [...names].sort().flatMap((repository): Job[] => {
    const looking = counted.filter((rule) => standingOf(rule, repository) !== null);
    if (looking.length === 0) return [];
    const window = {
      from: Math.min(...looking.map((rule) => rule.window.from)),
      until: Math.max(...looking.map((rule) => rule.window.until)),
    };
    return [{ repository, kinds: [...new Set(looking.flatMap((rule) => rule.kinds))].sort(), window }];
  });
}

async function* found(
  { repository, kinds, window }: Job,
  clone: Clone | null,
  forge: Forge,
  accountOf: (address: string) => string | null,
): AsyncGenerator<Found> {
  if (clone && kinds.includes('commits')) yield* clonedCommits(clone, repository, window, forge, accountOf);
  const others = clone ? kinds.filter((kind) => kind !== 'commits') : kinds;
  if (others.length > 0) yield* forge.contributions(repository, others, window);
}

/** Commits of a clone: an address that tells no login is asked for once, by one of its commits. */
async function* clonedCommits(
  clone: Clone,
  repository: string,
  window: Window,
  forge: Forge,
  accountOf: (address: string) => string | null,
): AsyncGenerator<Found> {
  const asked = new Map<string, Account | null>();
  for await (const { sha, at, address } of clone.commits()) {
    if (accountOf(address) !== null) {
      yield { kind: 'commits', account: null, address, at };
      continue;
    }
    if (at < window.from || at > window.until) continue;
    let account = asked.get(address);
    if (account === undefined) {
      account = await forge.authorOf(repository, sha);
      asked.set(address, account);
    }
    yield { kind: 'commits', account, address: null, at };
  }
}
