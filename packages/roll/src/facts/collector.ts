import { cleanLogin, foldLogin } from '@elekto/election';
import {
  leavesOf,
  type Contribution,
  type ContributionRule,
  type Facts,
  type Kind,
  type Leaf,
  type Rule,
  type Tally,
} from '../model.ts';
import { isAccount } from './is-account.ts';
import { standingOf } from '../rules/repositories.ts';

/** A tally that grows. `rank` is that of the source that spelled the login: 0 is a forge, 1 a file or list. */
interface Growing {
  login: string;
  rank: number;
  /** Sum of weighted counts in millionths, so that the order of adding never matters. */
  millionths: number;
  kinds: Partial<Record<Kind, number>>;
  first: number | null;
  last: number | null;
  before: number;
  after: number;
  excluded: Record<string, number>;
}

/**
 * Adds up what sources say, in any order: the facts depend on what was said alone. Memory is by person and rule, never by
 * contribution.
 */
export class Collector {
  readonly #tallies = new Map<string, Map<string, Growing>>();
  readonly #contributionLeaves: readonly { id: string; rule: ContributionRule }[];
  readonly #bots = new Set<string>();
  readonly #unusable = new Map<string, Set<string>>();

  constructor(who: Rule) {
    const leaves = leavesOf(who);
    for (const { id } of leaves) this.#tallies.set(id, new Map());
    this.#contributionLeaves = leaves.flatMap(({ id, source }) =>
      source.kind === 'contributions' ? [{ id, rule: source }] : [],
    );
  }

  /** Counts a contribution for every rule that looks at its repository and kind. */
  contribution(found: Contribution): void {
    for (const { id, rule } of this.#contributionLeaves) {
      if (!rule.kinds.includes(found.kind)) continue;
      const standing = standingOf(rule, found.repository);
      if (standing === null) continue;
      const tally = this.#of(id, found.login, 0);
      if (!tally) continue;
      if (found.at < rule.window.from) tally.before += 1;
      else if (found.at > rule.window.until) tally.after += 1;
      else if (standing === 'excluded')
        tally.excluded[found.repository] = (tally.excluded[found.repository] ?? 0) + 1;
      else {
        tally.kinds[found.kind] = (tally.kinds[found.kind] ?? 0) + 1;
        tally.millionths += Math.round((rule.weights[found.kind] ?? 1) * 1e6);
        tally.first = tally.first === null ? found.at : Math.min(tally.first, found.at);
        tally.last = tally.last === null ? found.at : Math.max(tally.last, found.at);
      }
    }
  }

  /** Somebody whom a leaf's source names; twice is once, and of numbers the sum counts. */
  named(leaf: Leaf, login: string, count: number | null = null): void {
    const isForge = leaf.source.kind === 'organization' || leaf.source.kind === 'team';
    const tally = this.#of(leaf.id, login, isForge ? 0 : 1);
    if (!tally) return this.#refuse(leaf, login);
    if (count === null) tally.millionths = 1e6;
    else tally.millionths += Math.round(count * 1e6);
  }

  /** The forge says that this account is a bot. */
  bot(login: string): void {
    this.#bots.add(foldLogin(login));
  }

  facts(): Facts {
    const tallies = new Map<string, ReadonlyMap<string, Tally>>();
    for (const [id, growing] of this.#tallies)
      tallies.set(
        id,
        new Map(
          [...growing].map(([folded, { rank: _, millionths, ...rest }]) => [
            folded,
            { ...rest, count: millionths / 1e6 },
          ]),
        ),
      );
    return { tallies, bots: this.#bots, unusable: this.#unusable };
  }

  #refuse({ label }: Leaf, text: string): void {
    const found = this.#unusable.get(label) ?? new Set();
    this.#unusable.set(label, found.add(text.trim().slice(0, 60)));
  }

  #of(id: string, raw: string, rank: number): Growing | null {
    if (!isAccount(raw)) return null;
    const login = cleanLogin(raw);
    const people = this.#tallies.get(id);
    if (!people) return null;
    const folded = foldLogin(login);
    let tally = people.get(folded);
    if (!tally) {
      tally = {
        login,
        rank,
        millionths: 0,
        kinds: {},
        first: null,
        last: null,
        before: 0,
        after: 0,
        excluded: {},
      };
      people.set(folded, tally);
    } else if (rank < tally.rank || (rank === tally.rank && login < tally.login)) {
      tally.login = login;
      tally.rank = rank;
    }
    return tally;
  }
}
