import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide, evidenceRows, readRules, writeEvidence, type Kind } from '@elekto/roll';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeFor, gather, PageCache } from '../src/index.ts';
import { fakeForge, type FakeForge } from './fake-forge.ts';
import { contributionsOf, makeOrganisation } from './organisation.ts';

const KINDS: readonly Kind[] = ['commits', 'pull_requests', 'reviews', 'issues', 'comments'];
const organisation = makeOrganisation({ people: 40, repositories: 2, eventsPerRepository: 420 });
const [from, until] = [Date.UTC(2025, 6, 1), Date.UTC(2026, 6, 1) - 1000];

describe.each(['gitea', 'gitlab'] as const)('reading an organisation from %s', (kind) => {
  let forge: FakeForge;
  beforeAll(async () => void (forge = await fakeForge(organisation, 'acme', kind)));
  afterAll(() => forge.close());

  const build = async (
    who: string,
    {
      cache = mkdtempSync(join(tmpdir(), 'roll-')),
      offline = false,
      token = 'secret-token',
    }: { cache?: string; offline?: boolean; token?: string | null } = {},
  ) => {
    const { rules, diagnostics } = readRules(
      'roll.yaml',
      `forge: ${kind}\napi: ${forge.url}\nwindow: { from: 2025-07-01, until: 2026-06-30 }\nwho: ${who}`,
    );
    if (!rules) throw new Error(JSON.stringify(diagnostics));
    const pages = new PageCache(cache);
    const client = forgeFor(rules.forge, { token: offline ? null : token, cache: pages, offline, second: 1 });
    const { facts, unattributed } = await gather(rules, { folder: cache, forge: client, clones: null });
    const people = decide(rules, facts);
    return { people, facts, unattributed, evidence: writeEvidence(evidenceRows(people)), cache };
  };
  const counted = `{ contributions: { repositories: [acme/*], kinds: [${KINDS.join()}], at_least: 10 } }`;

  it('finds every contribution once, page after page, whatever fails, and the same from the cache alone', async () => {
    const expected: Record<string, Record<string, number>> = {};
    for (const { login, kind: what, at } of contributionsOf(organisation, KINDS)) {
      if (at < from || at > until) continue;
      const own = (expected[login.toLowerCase()] ??= {});
      own[what] = (own[what] ?? 0) + 1;
    }
    forge.faults = { badGateway: 11, abort: 7, quotaAt: forge.asked.length + 9 };
    const first = await build(counted);
    forge.faults = {};
    expect(forge.asked.filter((each) => /[?&]page=2\b/.test(each)).length).toBeGreaterThan(2);
    const found = Object.fromEntries(
      [...(first.facts.tallies.get('who') ?? [])].flatMap(([folded, { kinds }]) =>
        Object.keys(kinds).length > 0 ? [[folded, kinds]] : [],
      ),
    );
    expect(found).toEqual(kind === 'gitea' ? withoutLineComments(expected) : withoutBotCommits(expected));
    expect(Object.keys(found).length).toBeGreaterThan(30);
    expect(first.people.filter(({ on, login }) => on && /bot/.test(login))).toEqual([]);

    const before = forge.asked.length;
    const again = await build(counted, { cache: first.cache, offline: true });
    expect(again.evidence).toBe(first.evidence);
    expect(forge.asked).toHaveLength(before);
  });

  it('knows members and teams, and says what the token may not see', async () => {
    expect((await build('{ organization: acme }')).people).toHaveLength(40);
    expect((await build('{ team: acme/core }')).people.map(({ login }) => login)).toEqual(
      organisation.people.slice(0, 3).map(({ login }) => login),
    );
    await expect(build('{ team: acme/nobody }')).rejects.toThrow(/this token may not see it/);
    if (kind === 'gitlab')
      await expect(build(counted, { token: null })).rejects.toThrow(/only with a token: set GITLAB_TOKEN\.$/);
    await expect(build('{ organization: acme }', { token: 'stolen-token' })).rejects.toThrow(
      'does not accept the token',
    );
  });

  /** Bots show no address, and GitLab's commits tell nothing else of who made them. */
  function withoutBotCommits(all: Record<string, Record<string, number>>): typeof all {
    for (const [login, own] of Object.entries(all)) if (/bot/.test(login)) delete own['commits'];
    return all;
  }

  /** Gitea hands out no list of comments on lines. */
  function withoutLineComments(all: Record<string, Record<string, number>>): typeof all {
    for (const { lineComments } of organisation.repositories.filter(({ fork }) => !fork))
      for (const { by, at } of lineComments) {
        const own = by === null || at < from || at > until ? undefined : all[by.login.toLowerCase()];
        if (own?.['comments'] !== undefined) own['comments'] -= 1;
        if (own?.['comments'] === 0) delete own['comments'];
      }
    for (const [login, own] of Object.entries(all)) if (Object.keys(own).length === 0) delete all[login];
    return all;
  }
});
