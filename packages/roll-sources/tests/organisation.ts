import type { Kind } from '@elekto/roll';

/** An account of the made-up organisation. */
export interface Person {
  readonly login: string;
  readonly type: 'User' | 'Bot';
}
interface Event {
  /** Null for a deleted account. */
  readonly by: Person | null;
  readonly at: number;
}
export interface MadeCommit extends Event {
  readonly sha: string;
  readonly merge: boolean;
}
export interface MadePull extends Event {
  readonly number: number;
  readonly merged: number | null;
  readonly updated: number;
  readonly reviews: readonly Event[];
}
export interface MadeRepository {
  readonly name: string;
  readonly fork: boolean;
  readonly commits: readonly MadeCommit[];
  readonly issues: readonly Event[];
  readonly comments: readonly Event[];
  readonly lineComments: readonly Event[];
  readonly pulls: readonly MadePull[];
}
export interface Organisation {
  readonly people: readonly Person[];
  readonly repositories: readonly MadeRepository[];
}

const DAY = 86_400_000;
export const FROM = Date.UTC(2025, 0, 1);
const DAYS = 730;

/** A pseudorandom number generator (mulberry32): the same organisation each time. */
function randomBy(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** An organisation of people and bots with two years of events, of which few people do most. */
export function makeOrganisation(size: {
  people: number;
  repositories: number;
  eventsPerRepository: number;
}): Organisation {
  const random = randomBy(20);
  const people: Person[] = Array.from({ length: size.people }, (_, index) => ({
    login: `${index % 3 === 0 ? 'Person' : 'person'}-${index}`,
    type: 'User',
  }));
  const bots: Person[] = [
    { login: 'dependabot[bot]', type: 'Bot' },
    { login: 'k8s-ci-robot', type: 'User' },
    { login: 'release-bot', type: 'User' },
  ];
  const somebody = (): Person | null => {
    const dice = random(100);
    if (dice < 2) return null;
    if (dice < 12) return bots[random(bots.length)] ?? null;
    // The square makes few people do most.
    return people[Math.floor((random(size.people) * random(size.people)) / size.people)] ?? null;
  };
  const moment = (): number => FROM + random(DAYS) * DAY + random(86_400) * 1000;
  const events = (count: number): Event[] =>
    Array.from({ length: count }, () => ({ by: somebody(), at: moment() })).sort((a, b) => a.at - b.at);
  const repositories = Array.from({ length: size.repositories }, (_, index): MadeRepository => {
    const n = size.eventsPerRepository;
    const pulls = events(Math.ceil(n / 5)).map((event, number): MadePull => {
      const reviews = events(random(4)).map(({ by }) => ({ by, at: event.at + random(30) * DAY }));
      const merged = random(4) > 0 ? event.at + random(40) * DAY : null;
      const updated = Math.max(event.at, merged ?? 0, ...reviews.map(({ at }) => at));
      return { ...event, number: number + 1, merged, updated, reviews };
    });
    return {
      name: `repo-${String(index).padStart(2, '0')}`,
      fork: index % 17 === 16,
      commits: events(Math.ceil(n / 4)).map((event, at) => ({
        ...event,
        sha: `${index.toString(16).padStart(4, '0')}${at.toString(16).padStart(36, '0')}`,
        merge: random(10) === 0,
      })),
      issues: events(Math.ceil(n / 10)),
      comments: events(Math.ceil(n / 3)),
      lineComments: events(Math.ceil(n / 10)),
      // The one whose reviews need a second page.
      pulls:
        index === 0
          ? [
              ...pulls,
              { ...(pulls[0] as MadePull), number: 999, reviews: events(130), updated: FROM + 900 * DAY },
            ]
          : pulls,
    };
  });
  return { people, repositories };
}

/** Every contribution of one kind, straight from the data: what a reader of the interface has to find. */
export function* contributionsOf(
  { repositories }: Organisation,
  kinds: readonly Kind[],
): Generator<{ repository: string; login: string; kind: Kind; at: number }> {
  for (const { name, fork, commits, issues, comments, lineComments, pulls } of repositories) {
    if (fork) continue;
    const all: Record<Kind, readonly Event[]> = {
      commits: commits.filter(({ merge }) => !merge),
      issues,
      comments: [...comments, ...lineComments],
      pull_requests: pulls.flatMap(({ by, merged }) => (merged === null ? [] : [{ by, at: merged }])),
      reviews: pulls.flatMap(({ by, reviews }) => reviews.filter((each) => each.by?.login !== by?.login)),
    };
    for (const kind of kinds)
      for (const { by, at } of all[kind]) if (by) yield { repository: name, login: by.login, kind, at };
  }
}
