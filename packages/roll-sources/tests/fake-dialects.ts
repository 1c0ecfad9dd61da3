import type { MadeRepository, Organisation, Person } from './organisation.ts';

type Answer = { status?: number; data: unknown; next?: string };
type Page = (url: URL, all: readonly unknown[]) => Answer;
export type Answers = (url: URL, page: Page) => Answer;

const MISSING: Answer = { status: 404, data: { message: 'Not Found' } };
const iso = (at: number): string => new Date(at).toISOString();
const after = (url: URL, name: string): number => Date.parse(url.searchParams.get(name) ?? '1970-01-01');
const before = (url: URL, name: string): number => Date.parse(url.searchParams.get(name) ?? '2999-01-01');

/** A person's address as commits show it: their own, or the one that hides it. */
const addressOf = ({ login }: Person): string =>
  login.endsWith('0') ? `7-${login}@users.noreply.127.0.0.1` : `${login}@example.org`;

/** Gitea's and Forgejo's API v1: like GitHub's, with `limit`, and commits, issues and pull requests without "until". */
export function giteaAnswers({ people, repositories }: Organisation, owner: string): Answers {
  const user = (person: Person | null) => ({ login: person === null ? 'Ghost' : person.login });
  return (url, page) => {
    const [, kind, first, second = '', ...more] = url.pathname.split('/');
    if (kind === 'orgs' && first === owner && second === 'repos')
      return page(
        url,
        repositories.map(({ name, fork }) => ({ full_name: `${owner}/${name}`, fork })),
      );
    if (kind === 'orgs' && second === 'members') return page(url, people.map(user));
    if (kind === 'orgs' && second === 'teams') return page(url, [{ id: 4, name: 'Core' }]);
    if (kind === 'teams' && first === '4') return page(url, people.slice(0, 3).map(user));
    const found =
      kind === 'repos' && first === owner ? repositories.find(({ name }) => name === second) : null;
    if (!found) return MISSING;
    const since = after(url, 'since');
    const posts = (list: readonly { by: Person | null; at: number }[]) =>
      list.filter(({ at }) => at >= since).map(({ by, at }) => ({ user: user(by), created_at: iso(at) }));
    const [part = '', number = '', inner] = more;
    if (part === 'pulls' && inner === 'reviews') {
      const pull = found.pulls.find((each) => each.number === Number(number));
      const given = (pull?.reviews ?? []).map(({ by, at }) => ({
        user: user(by),
        submitted_at: iso(at),
        state: 'APPROVED',
      }));
      return page(url, [...given, { user: user(people[0] ?? null), submitted_at: iso(0), state: 'PENDING' }]);
    }
    switch (more.join('/')) {
      case 'commits':
        return page(
          url,
          found.commits.map(({ by, at, merge }) => ({
            author: by === null ? null : user(by),
            parents: merge ? [{}, {}] : [{}],
            commit: { author: { email: 'hidden@example.org' }, committer: { date: iso(at) } },
          })),
        );
      case 'issues':
        return page(url, posts(found.issues));
      case 'issues/comments':
        return page(url, posts(found.comments));
      case 'pulls':
        return page(
          url,
          found.pulls.map((pull) => ({
            number: pull.number,
            user: user(pull.by),
            merged_at: pull.merged === null ? null : iso(pull.merged),
          })),
        );
    }
    return MISSING;
  };
}

/** GitLab's API v4: events by day, commits without accounts, users who are found by name as well as by address. */
export function gitlabAnswers({ people, repositories }: Organisation, owner: string): Answers {
  const user = (person: Person | null) => ({ username: person === null ? 'ghost' : person.login });
  const shown = people.map((person, id) => ({ id, person, address: addressOf(person) }));
  return (url, page) => {
    const [, kind, name = '', ...more] = url.pathname.split('/');
    if (kind === 'groups' && name === owner && more[0] === 'projects')
      return page(
        url,
        repositories.map(({ name: path, fork }) => ({
          path_with_namespace: `${owner}/${path}`,
          ...(fork && { forked_from_project: {} }),
        })),
      );
    if (kind === 'groups' && more.join('/') === 'members/all') {
      const among = name === owner ? people : name === `${owner}%2Fcore` ? people.slice(0, 3) : null;
      return among ? page(url, [...among.map(user), { username: 'away', state: 'blocked' }]) : MISSING;
    }
    if (kind === 'users' && name !== '') {
      // The impostor has somebody else's address for a name, and another one of their own.
      if (name === '9999') return { data: { username: 'impostor', public_email: 'impostor@example.org' } };
      const own = shown[Number(name)];
      return own ? { data: { ...user(own.person), public_email: own.address } } : MISSING;
    }
    if (kind === 'users') {
      const wanted = url.searchParams.get('search');
      return { data: [{ id: 9999 }, ...shown.filter(({ address }) => address === wanted)] };
    }
    const found =
      kind === 'projects' ? repositories.find((each) => `${owner}%2F${each.name}` === name) : undefined;
    return found ? project(found, url, page, more.join('/')) : MISSING;
  };

  function project(found: MadeRepository, url: URL, page: Page, rest: string): Answer {
    switch (rest) {
      case 'repository/commits':
        return page(
          url,
          found.commits
            .filter(({ at }) => at >= after(url, 'since') && at <= before(url, 'until'))
            .map(({ by, at, merge }) => ({
              author_email: by === null ? 'gone@example.org' : addressOf(by),
              committed_date: iso(at),
              parent_ids: merge ? ['a', 'b'] : ['a'],
            })),
        );
      case 'issues':
        return page(
          url,
          found.issues
            .filter(({ at }) => at >= after(url, 'created_after') && at <= before(url, 'created_before'))
            .map(({ by, at }) => ({ author: user(by), created_at: iso(at) })),
        );
      case 'merge_requests':
        return page(
          url,
          found.pulls
            .filter(({ updated }) => updated >= after(url, 'updated_after'))
            .filter(({ merged }) => url.searchParams.get('state') === 'all' || merged !== null)
            .map(({ by, number, merged }) => ({
              iid: number,
              author: user(by),
              merged_at: merged === null ? null : iso(merged),
            })),
        );
      case 'events':
        return page(url, eventsOf(found, url));
    }
    return MISSING;
  }

  function eventsOf(found: MadeRepository, url: URL): readonly unknown[] {
    // Both days are left out.
    const [from, until] = [after(url, 'after') + 86_400_000, before(url, 'before')];
    const inside = ({ at }: { at: number }): boolean => at >= from && at < until;
    if (url.searchParams.get('action') === 'approved')
      return found.pulls.flatMap(({ number, reviews }) =>
        reviews
          .filter(inside)
          .map(({ by, at }) => ({ author: user(by), created_at: iso(at), target_iid: number })),
      );
    const note = (type: string, system = false) =>
      (({ by, at }) => ({
        author: user(by),
        created_at: iso(at),
        note: { noteable_type: type, system },
      })) as (event: { by: Person | null; at: number }) => object;
    return [
      ...found.comments.filter(inside).map(note('Issue')),
      ...found.lineComments.filter(inside).map(note('MergeRequest')),
      ...found.comments.filter(inside).slice(0, 9).map(note('Issue', true)),
      ...found.comments.filter(inside).slice(0, 9).map(note('Commit')),
    ];
  }
}
