import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide, readRules } from '@elekto/roll';
import { describe, expect, it } from 'vitest';
import { gather, type Forge, type Found } from '../src/index.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../../docs/roll.md'), 'utf8');

/** The example of the guide that begins with an organisation's name. */
function example(name: string): string {
  const [, yaml] = new RegExp(`^${name}:[^]*?\`\`\`yaml\\n([^]*?)\`\`\``, 'm').exec(GUIDE) ?? [];
  if (yaml === undefined) throw new Error(`the guide has no example for ${name}`);
  return yaml;
}

/** A forge where people did so many things on a day, and are in organisations and teams. */
function forgeOf(
  did: Readonly<Record<string, readonly [login: string, times: number, day: string][]>>,
  groups: Readonly<Record<string, readonly string[]>>,
): Forge {
  const accounts = (name: string) =>
    Promise.resolve((groups[name] ?? []).map((login) => ({ login, bot: false })));
  const none = (): never => {
    throw new Error('nobody asks for this');
  };
  return {
    repositories: (owner) => Promise.resolve(Object.keys(did).filter((each) => each.startsWith(`${owner}/`))),
    async *contributions(repository, kinds): AsyncGenerator<Found> {
      for (const [login, times, day] of did[repository] ?? [])
        for (let n = 0; n < times; n++) {
          const kind = kinds[n % kinds.length];
          if (kind) yield { kind, account: { login, bot: false }, address: null, at: Date.parse(day) };
        }
    },
    members: accounts,
    team: (organization, team) => accounts(`${organization}/${team}`),
    paths: none,
    file: none,
    authorOf: none,
  };
}

async function rollOf(
  name: string,
  forge: Forge,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const top = mkdtempSync(join(tmpdir(), 'roll-'));
  const folder = join(top, 'elections');
  mkdirSync(join(top, '.git'));
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files))
    writeFileSync(path.startsWith('/') ? join(top, path) : join(folder, path), text);
  const { rules, diagnostics } = readRules('roll.yaml', example(name));
  if (!rules) throw new Error(JSON.stringify(diagnostics));
  const { facts } = await gather(rules, { folder, clones: null, forge });
  return decide(rules, facts)
    .filter(({ on }) => on)
    .map(({ login }) => login);
}

describe('the examples of docs/roll.md', () => {
  it('give the roll of Kubernetes: an export, exceptions and leads, without bots', async () => {
    const files = {
      'devstats.csv': 'rank,author,contributions\n1,k8s-ci-robot,90000\n2,ada,50\n3,bob,49\n',
      'exceptions.yaml': 'eligible_voters:\n  - Bob # approved\n',
      '/sigs.yaml':
        'sigs:\n  - name: X\n    leadership:\n      chairs:\n        - github: eve\n          name: Eve\n',
    };
    expect(await rollOf('Kubernetes', forgeOf({}, {}), files)).toEqual(['ada', 'Bob', 'eve']);
  });

  it('give the roll of Knative: contributions in two organisations within the year', async () => {
    const forge = forgeOf(
      {
        'knative/serving': [
          ['ada', 30, '2027-01-01'],
          ['late', 60, '2027-09-01'],
          ['knative-prow-robot', 99, '2027-01-01'],
        ],
        'knative-extensions/kafka': [
          ['ada', 20, '2027-08-31T23:59:59Z'],
          ['bob', 49, '2027-01-01'],
        ],
      },
      {},
    );
    expect(await rollOf('Knative', forge)).toEqual(['ada', 'octocat']);
  });

  it('give the roll of NixOS: commits or a team, but nobody who is away', async () => {
    const commits = [
      ['ada', 25, '2026-01-01'],
      ['gone', 90, '2025-10-01'],
      ['few', 24, '2026-01-01'],
    ] as [string, number, string][];
    const forge = forgeOf(
      { 'NixOS/nixpkgs': commits },
      { 'NixOS/security': ['sec'], 'NixOS/infra': ['gone', 'inf'] },
    );
    const files = { 'inactive.yaml': '- gone\n' };
    expect(await rollOf('NixOS', forge, files)).toEqual(['ada', 'inf', 'sec']);
  });

  it('give the roll of OpenTelemetry: members who contribute', async () => {
    const forge = forgeOf(
      {
        'open-telemetry/spec': [
          ['ada', 20, '2027-01-01'],
          ['guest', 50, '2027-01-01'],
        ],
      },
      { 'open-telemetry': ['Ada', 'idle'] },
    );
    expect(await rollOf('OpenTelemetry', forge)).toEqual(['Ada']);
  });
});
