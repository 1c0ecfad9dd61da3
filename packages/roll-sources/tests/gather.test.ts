import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide, evidenceRows, readRules, writeEvidence, type Kind, type RollRules } from '@elekto/roll';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageCache } from '../src/cache/page-cache.ts';
import { gather } from '../src/gather/gather.ts';
import { forgeFor } from '../src/forge-for.ts';
import { fakeForge, type FakeForge } from './fake-forge.ts';
import { contributionsOf, makeOrganisation } from './organisation.ts';

const KINDS: readonly Kind[] = ['commits', 'pull_requests', 'reviews', 'issues', 'comments'];
const organisation = makeOrganisation({ people: 150, repositories: 5, eventsPerRepository: 900 });
let forge: FakeForge;
const folder = (): string => mkdtempSync(join(tmpdir(), 'roll-'));

const rulesOf = (more: string): RollRules => {
  const { rules, diagnostics } = readRules(
    'roll.yaml',
    `api: ${forge.url}\nwindow: { from: 2025-07-01, until: 2026-06-30 }\n${more}`,
  );
  if (!rules) throw new Error(JSON.stringify(diagnostics));
  return rules;
};
const COUNTED = `who:
  contributions:
    repositories: [acme/*]
    except: [acme/repo-01]
    kinds: [commits, pull_requests, reviews, issues, comments]
    at_least: 20
`;

const build = async (
  rules: RollRules,
  cache: string,
  more: { offline?: boolean; token?: string | null } = {},
) => {
  const pages = new PageCache(cache);
  const client = forgeFor(rules.forge, {
    token: more.token === undefined ? 'secret-token' : more.token,
    cache: pages,
    offline: more.offline ?? false,
    second: 1,
  });
  const { facts } = await gather(rules, { folder: cache, forge: client, clones: null });
  const people = decide(rules, facts);
  return { people, facts, evidence: writeEvidence(evidenceRows(people)), pages };
};

beforeAll(async () => void (forge = await fakeForge(organisation)));
afterAll(() => forge.close());

describe('reading an organisation from its forge', () => {
  it('finds every contribution once, whatever fails on the way, and the same from the cache alone', async () => {
    const rules = rulesOf(COUNTED);
    const [calm, troubled] = [folder(), folder()];
    const first = await build(rules, calm);

    const [from, until] = [Date.UTC(2025, 6, 1), Date.UTC(2026, 6, 1) - 1000];
    const expected = new Map<string, Map<string, number>>();
    for (const { repository, login, kind, at } of contributionsOf(organisation, KINDS)) {
      if (at < from || at > until) continue;
      const folded = login.toLowerCase();
      const own = expected.get(folded) ?? new Map<string, number>();
      const key = repository === 'repo-01' ? 'excluded' : kind;
      expected.set(folded, own.set(key, (own.get(key) ?? 0) + 1));
    }
    const tallies = first.facts.tallies.get('who');
    for (const [folded, kinds] of expected) {
      const tally = tallies?.get(folded);
      const found = new Map<string, number>(Object.entries(tally?.kinds ?? {}));
      const excluded = tally?.excluded['acme/repo-01'] ?? 0;
      if (excluded > 0) found.set('excluded', excluded);
      expect(Object.fromEntries(found), folded).toEqual(Object.fromEntries(kinds));
    }
    const voters = first.people.filter(({ on }) => on).map(({ login }) => login);
    const enough = [...expected]
      .filter(
        ([, kinds]) => [...kinds].reduce((sum, [key, n]) => (key === 'excluded' ? sum : sum + n), 0) >= 20,
      )
      .map(([folded]) => folded)
      .filter((folded) => !/bot/.test(folded));
    expect(voters.map((login) => login.toLowerCase())).toEqual(enough.sort());
    expect(voters.length).toBeGreaterThan(20);
    expect(first.evidence).toContain('k8s-ci-robot,no,bot');

    forge.faults = { badGateway: 11, abort: 7, tooFast: 13, quotaAt: forge.asked.length + 20 };
    const second = await build(rules, troubled);
    forge.faults = {};
    expect(second.evidence).toBe(first.evidence);

    const before = forge.asked.length;
    const third = await build(rules, troubled, { offline: true, token: null });
    expect(third.evidence).toBe(first.evidence);
    expect(forge.asked).toHaveLength(before);
    expect(third.pages.misses).toBe(0);
  });

  it('goes on where it was interrupted, and asks for no page twice', async () => {
    const rules = rulesOf(COUNTED);
    const cache = folder();
    const whole = await build(rules, folder());
    const start = forge.answered();
    forge.onAnswer((count) => {
      if (count === start + 25) forge.faults = { badGateway: 1 };
    });
    await expect(build(rules, cache)).rejects.toThrow('run the same command again');
    forge.onAnswer(() => undefined);
    forge.faults = {};
    const resumed = await build(rules, cache);
    expect(resumed.evidence).toBe(whole.evidence);
    expect(resumed.pages.hits).toBeGreaterThan(15);
    expect(resumed.pages.hits + resumed.pages.misses).toBe(whole.pages.misses);
  });

  it('asks for a token, names a wrong one, and tells neither in its messages', async () => {
    const rules = rulesOf('who: { organization: acme }');
    await expect(build(rules, folder(), { token: 'stolen-token' })).rejects.toThrow(
      'does not accept the token',
    );
    await expect(build(rules, folder(), { offline: true })).rejects.toThrow('not in the cache');
    const members = await build(rules, folder());
    expect(members.people).toHaveLength(150);
    const error = await build(rulesOf('who: { organization: acme }'), folder(), {
      token: 'stolen-token',
    }).catch((reason: unknown) => reason);
    expect(String(error)).not.toContain('stolen-token');
  });

  it('says what is not there', async () => {
    const rules = rulesOf(COUNTED.replace('acme/*', 'acme/nowhere'));
    await expect(build(rules, folder())).rejects.toThrow('is not there, or this token may not see it');
  });
});
