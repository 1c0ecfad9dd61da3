import { describe, expect, it } from 'vitest';
import { readRules } from './read-rules.ts';

const problems = (text: string): string[] =>
  readRules('roll.yaml', text).diagnostics.map(({ line, message, hint }) =>
    `${line}: ${message} ${hint}`.trim(),
  );

describe('roll.yaml', () => {
  it('is read with its defaults', () => {
    const { rules, diagnostics } = readRules(
      'roll.yaml',
      `window: { from: 2025-06-01, until: 2026-05-31 }
who:
  any:
    - contributions: { repositories: [acme/*], kinds: [commits], at_least: 50 }
    - name: Leads
      named: { file: sigs.yaml, at: "sigs[*].github" }
    - list: [249043822, 007, on, '@Eve', 'app[bot]']
except:
  - list: [gone]
accounts: { Ada@example.org: ada }
`,
    );
    expect(diagnostics).toEqual([]);
    expect(rules).toMatchObject({
      forge: { kind: 'github', api: 'https://api.github.com' },
      who: {
        id: 'who',
        join: 'any',
        except: [{ id: 'except[0]', source: { logins: ['gone'] } }],
        of: [
          {
            id: 'who.any[0]',
            label: 'commits',
            source: {
              atLeast: 50,
              window: { from: Date.UTC(2025, 5, 1), until: Date.UTC(2026, 5, 1) - 1000 },
            },
          },
          { label: 'Leads', source: { place: { repository: null, file: 'sigs.yaml' } } },
          { source: { logins: ['249043822', '007', 'on', '@Eve', 'app[bot]'] } },
        ],
      },
    });
    expect(rules?.accounts.get('ada@example.org')).toBe('ada');
  });

  it.each([
    ['who: { lists: [ada] }', '1: The word "lists" is not known here. Did you mean "list"?'],
    [
      'who:\n  contributions: { repositories: [a/b], kinds: [commits], at_least: 1 }',
      '2: Nothing says from when to when',
    ],
    ['who: { list: [a], team: a/b }', 'a rule has exactly one of'],
    ['who: { any: [] }', '"any" cannot be used'],
    [
      'window: { from: 2026-02-30, until: 2026-03-01 }\nwho:\n  contributions: { repositories: [a/b], kinds: [commits], at_least: 1 }',
      '1: "from" names a day that does not exist.',
    ],
    [
      'window: { from: 2026-04-01, until: 2026-03-01 }\nwho:\n  contributions: { repositories: [a/b], kinds: [commits], at_least: 1 }',
      'The window ends before it begins.',
    ],
    ['who: { csv: { file: a.csv, column: login, count: n } }', '"count" and "at_least" belong together.'],
    [
      'who: { contributions: { repositories: [a/../b], kinds: [commits], at_least: 1 } }',
      'owner/name is expected',
    ],
    ['who: [', 'This is not valid YAML'],
    ['', '1: The file is empty. docs/roll.md shows the form.'],
    ['who: 5', '1: "who" cannot be used ("5"): words with values ("word: value") are expected.'],
    ['who: { contributions: { kinds: [commits], at_least: 1 } }', '1: "repositories" is missing.'],
    [
      'who:\n  contributions: { repositories: [a/b], kinds: [commits], at_least: 1, from: 2026-01-01 }',
      '2: The word "from" does not belong here. docs/roll.md lists the words there are.',
    ],
    [
      'who:\n  contributions: { repositories: [a/b], kinds: [commits, review], at_least: 1 }',
      '2: "kinds" takes commits, pull_requests, reviews, issues, comments, and not "review". Did you mean "reviews"?',
    ],
    [
      'forge: gitlub\nwho: { list: [ada] }',
      '1: "forge" takes github, gitea, gitlab, and not "gitlub". Did you mean',
    ],
    [
      'who:\n  list:\n    - ada\n    - Ada Lovelace',
      '4: "list" cannot be used ("Ada Lovelace"): that is not the name',
    ],
    ['who: { list: [ada] }\nbots: ["ci bot"]', '2: "bots" cannot be used ("ci bot"): that is not the name'],
    ['who: &a { any: [*a] }', '1: An alias ("*a") stands for a rule.'],
  ])('%j is refused with its line', (text, said) => {
    const { rules } = readRules('roll.yaml', text);
    expect(rules).toBeNull();
    expect(problems(text).join('\n')).toContain(said);
  });

  it('that misspells a word is not also told that the word is missing', () => {
    const said = problems(
      'window: { from: 2026-01-01, until: 2026-02-01 }\nwho:\n  contributions:\n    repositories: [a/b]\n    kinds: [commits]\n    atleast: 20',
    );
    expect(said).toEqual(['6: The word "atleast" is not known here. Did you mean "at_least"?']);
  });

  it('that is nested too deeply is refused', () => {
    expect(problems(`who: ${'['.repeat(20_000)}`).join()).toContain('This is not valid YAML');
  });
});
