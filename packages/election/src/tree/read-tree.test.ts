import { describe, expect, it } from 'vitest';
import type { LoginRule } from '../login.ts';
import type { SourceFile } from '../model.ts';
import { readElection } from './read-election.ts';
import { readTree } from './read-tree.ts';

const YAML =
  'name: Steering\nstart_datetime: 2026-01-01 00:00:00\nend_datetime: 2026-02-01 00:00:00\nno_winners: 1\nelection_officers: [a]\n';
const candidate = (id: string, name = `Name of ${id}`, info = ''): string =>
  `${'-'.repeat(50)}\nname: ${name}\nID: ${id}\n${info}${'-'.repeat(50)}\nBio\n`;
const files = (all: Record<string, string>): SourceFile[] =>
  Object.entries(all).map(([path, text]) => ({ path, text }));
const TWICE = {
  'elections/a/election.yaml':
    'name: A\nstart_datetime: 2026-09-01 00:00:00\nend_datetime: 2026-09-27 23:59:59\nno_winners: 1\nelection_officers:\n  - Olga#7\n  - olga\napprovals: 2\n',
  'elections/a/voters.yaml': 'eligible_voters:\n  - Ada\n  - ada\n  - Ada\n',
};

const tree = (all: Record<string, string>, dir = 'elections') => readTree(dir, files(all));
const inX = (all: Record<string, string>) =>
  readElection(
    'elections/x',
    'elections',
    files(
      Object.fromEntries(
        Object.entries({ 'election.yaml': YAML, 'voters.yaml': 'eligible_voters: [a]', ...all }).map(
          ([n, t]) => [`elections/x/${n}`, t],
        ),
      ),
    ),
  );
const said = (all: Record<string, string>): string[] =>
  inX(all).diagnostics.map((d) => `${d.severity} ${d.code} ${d.file.split('/').pop()}`);

describe('readTree', () => {
  it('finds every folder with an election.yaml, nested and beside others', () => {
    const { elections } = tree({
      'elections/2021/election.yaml': YAML,
      'elections/2021/GB/election.yaml': YAML,
      'elections/steering/2025/election.yaml': YAML,
      'elections/steering/README.md': '#',
      'elections/templates/candidate-x.md': '#',
      'elections/2024-EU/nomination-template.md': '#',
      'elsewhere/election.yaml': YAML,
      'elections/.github/x/election.yaml': YAML,
    });
    expect(elections.map((e) => [e.key, e.folder])).toEqual([
      ['2021', 'elections/2021'],
      ['2021---GB', 'elections/2021/GB'],
      ['steering---2025', 'elections/steering/2025'],
    ]);
  });

  it.each(['', '.', '/'])('reads a repository whose root is the elections folder (%j)', (dir) => {
    expect(tree({ 'one/election.yaml': YAML }, dir).elections.map((e) => e.key)).toEqual(['one']);
  });

  it.each([
    ['is no YAML', 'name: "Broken\nelection_officers:\n  - Olga#12\n  - otto\nno_winners: 1\n'],
    ['has no dates', 'name: Broken\nelection_officers: [Olga#12, otto]\n'],
    ['is no YAML below', 'Election_officers:\n- Olga#12\n# who came later\n- otto\nname: "Broken\n'],
  ])('knows whom a file names as officers that %s', (_, text) => {
    const { election, offices } = inX({ 'election.yaml': text });
    expect(election).toBeNull();
    expect(offices).toMatchObject({ officers: ['Olga', 'otto'], officerAccounts: { olga: '12' } });
    expect(inX({ 'election.yaml': 'name: "Broken\n' }).offices).toBeUndefined();
    expect(inX({}).offices).toBeUndefined();
  });

  it('gives an election in the elections folder itself no key and says so', () => {
    const { elections, diagnostics } = tree({
      'elections/election.yaml': YAML,
      'elections/a/election.yaml': YAML,
    });
    expect(elections.map((e) => e.key)).toEqual(['a']);
    expect(diagnostics.map((d) => d.code)).toContain('election-at-root');
  });

  it.each([['elections'], [''], ['./elections/']])(
    'reads the keys of results and site.yaml in %j and nowhere below',
    (dir) => {
      const at = dir === '' ? '' : 'elections/';
      const keys = (letter: string): string => `- key: ${letter.repeat(43)}\n  server: https://a.example\n`;
      const read = tree(
        {
          [`${at}results-keys.yaml`]: keys('A'),
          [`${at}site.yaml`]: 'name: Harbour',
          [`${at}x/election.yaml`]: YAML,
          [`${at}x/site.yaml`]: 'name: Elsewhere',
          [`${at}x/results-keys.yaml`]: keys('E'),
        },
        dir,
      );
      expect(read.resultsKeys.map((each) => each.key)).toEqual(['A'.repeat(43)]);
      expect(read.site.name).toBe('Harbour');
      expect(read.diagnostics).toEqual([]);
    },
  );

  it('keeps the first of two folders with one key', () => {
    const { elections, diagnostics } = tree({
      'elections/a/b/election.yaml': YAML,
      'elections/a---b/election.yaml': YAML,
    });
    expect(elections).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ severity: 'error', code: 'key-twice' }]);
  });

  it('refuses folders that could leave the elections folder', () => {
    const { elections, diagnostics } = tree({
      'elections/a/../../b/election.yaml': YAML,
      'elections/a\u0000b/election.yaml': YAML,
    });
    expect(elections).toEqual([]);
    expect(diagnostics.filter((d) => d.code === 'folder-name')).toHaveLength(2);
  });
});

describe('readElection', () => {
  it("ignores what is not an election's", () => {
    const { election, diagnostics } = inX({
      'candidate-a.md': candidate('a'),
      'README.md': '#',
      OWNERS: '',
      'nomination-template.md': candidate('t'),
      'ranking.md': '#',
    });
    expect(election?.candidates.map((c) => c.id)).toEqual(['a']);
    expect(diagnostics).toEqual([]);
  });

  it('reads the description, the results and the ballots', () => {
    const { election } = inX({
      'election_desc.md': '\ufeff# D\r\n',
      'results.md': '# R\r\n',
      'ballots.csv': 'a,b\r\n1,2\r\n',
      'results.json': '{}',
    });
    expect(election).toMatchObject({
      description: '# D\n',
      results: '# R\n',
      ballotsCsv: 'a,b\r\n1,2\r\n',
      resultsJson: '{}',
    });
  });

  it('reads one broken candidate file as one problem and every other file', () => {
    const { election, diagnostics } = inX({
      'candidate-a.md': candidate('a'),
      'candidate-b.md': 'no header',
      'candidate-c.md': candidate('c'),
    });
    expect(election?.candidates.map((c) => c.id)).toEqual(['a', 'c']);
    expect(diagnostics.map((d) => [d.code, d.file])).toEqual([
      ['candidate-header-missing', 'elections/x/candidate-b.md'],
    ]);
  });

  it('reads a broken roll as one problem and every other file', () => {
    const { election } = inX({ 'voters.yaml': '[', 'candidate-a.md': candidate('a') });
    expect(election).toMatchObject({ voters: [], candidates: [{ id: 'a' }] });
  });

  it.each([
    ['candidate-.md', candidate('a'), ['warning candidate-file-name candidate-.md']],
    ['candidate-a', candidate('a'), ['warning candidate-file-name candidate-a']],
    ['Candidate-a.md', candidate('a'), ['warning candidate-file-name Candidate-a.md']],
    ['candidate_a.md', candidate('a'), ['warning candidate-file-name candidate_a.md']],
  ])('reads %s as a candidate with a warning', (name, text, expected) => {
    expect(inX({ [name]: text }).election?.candidates.map((c) => c.id)).toEqual(['a']);
    expect(said({ [name]: text })).toEqual(expected);
  });

  it.each([
    ['candidate-template.md', candidate('GitHubID', 'Your Name'), undefined],
    ['candidate-template.md', candidate('ada'), 'info candidate-template candidate-template.md'],
    ['candidate-template.md', '# {Your Name Here}', undefined],
    ['CANDIDATE-GUIDE.md', '# How to run', undefined],
    ['candidate-notes', 'notes', 'info candidate-file-name candidate-notes'],
  ])('takes %s for no candidate', (name, text, expected) => {
    expect(inX({ [name]: text }).election?.candidates).toEqual([]);
    expect(said({ [name]: text })).toEqual([
      ...(expected ? [expected] : []),
      'info no-candidates election.yaml',
    ]);
  });

  it('takes somebody called template for a candidate', () => {
    expect(
      inX({ 'candidate-template.md': candidate('template') }).election?.candidates.map((c) => c.id),
    ).toEqual(['template']);
  });

  it.each([
    ['election.yml', 'election.yaml'],
    ['elections.yaml', 'election.yaml'],
  ])('reads %s as %s with a warning', (name, right) => {
    const { elections } = tree({ [`elections/x/${name}`]: YAML, 'elections/x/voters.yaml': '- a' });
    expect(elections[0]?.election?.name).toBe('Steering');
    expect(elections[0]?.diagnostics).toContainEqual(
      expect.objectContaining({ code: 'file-name', hint: `Rename it to ${right}.` }),
    );
  });

  it('reads voters.yml, and prefers voters.yaml', () => {
    const only = readElection('e/x', 'e', files({ 'e/x/election.yaml': YAML, 'e/x/voters.yml': '- grace' }));
    expect(only.election?.voters.map((v) => v.login)).toEqual(['grace']);
    expect(only.diagnostics.map((d) => d.code)).toContain('file-name');
    expect(inX({ 'voters.yml': '- grace' }).election?.voters.map((v) => v.login)).toEqual(['a']);
  });

  it('asks for the files that are missing', () => {
    expect(
      readElection('e/x', 'e', files({ 'e/x/election.yaml': YAML })).diagnostics.map(
        (d) => `${d.severity} ${d.code}`,
      ),
    ).toContain('error voters-missing');
    expect(readElection('e/x', 'e', []).diagnostics.map((d) => d.code)).toContain('election-file-missing');
  });

  it('takes two files with one ID for one candidate: the one named after it', () => {
    const { election, diagnostics } = inX({
      'candidate-a.md': candidate('b', 'Copy'),
      'candidate-b.md': candidate('b', 'Original'),
    });
    expect(election?.candidates.map((c) => c.name)).toEqual(['Original']);
    expect(diagnostics.filter((d) => d.severity === 'error')).toMatchObject([
      { code: 'candidate-duplicate-id', file: 'elections/x/candidate-a.md' },
    ]);
  });

  it('keeps two candidates whose ids differ only in case, and says at the second that they are one account', () => {
    const { election, diagnostics } = inX({
      'candidate-a.md': candidate('a'),
      'candidate-A.md': candidate('A'),
    });
    expect(election?.candidates).toHaveLength(2);
    expect(diagnostics).toMatchObject([
      { severity: 'error', code: 'candidate-id-case', file: 'elections/x/candidate-a.md' },
    ]);
  });

  it('tells result files that could not be read from those that are not there', () => {
    const { election } = readElection('e/x', 'e', [
      { path: 'e/x/election.yaml', text: YAML },
      { path: 'e/x/results.json', text: '', refused: true },
      { path: 'e/x/Ballots.csv', text: 'a\n1\n' },
    ]);
    expect(election).toMatchObject({
      resultsJson: null,
      ballotsCsv: 'a\n1\n',
      unreadResults: ['results.json'],
    });
    expect(inX({ 'results.json': '{}' }).election?.unreadResults).toBeUndefined();
  });

  it('takes candidates who are not voters, and officers in another case', () => {
    expect(said({ 'candidate-zoe.md': candidate('Zoe') })).toEqual([]);
  });

  it('compares the shown fields with those given, both ways', () => {
    const yaml = `${YAML}show_candidate_fields: [employer, slack]\n`;
    const all = {
      'election.yaml': yaml,
      'candidate-a.md': candidate('a', 'A', 'info:\n  - Employer: X\n  - discord: a\n'),
    };
    expect(said(all)).toEqual([
      'warning candidate-field-missing candidate-a.md',
      'info candidate-field-hidden candidate-a.md',
    ]);
    expect(inX(all).diagnostics.map((d) => d.line)).toEqual([4, 4]);
  });

  it('says when a limit counts by a field that is not given', () => {
    const yaml = `${YAML}representation_limit: {field: employer, max: 2}\n`;
    expect(said({ 'election.yaml': yaml, 'candidate-a.md': candidate('a') })).toEqual([
      'warning representation-limit-field election.yaml',
    ]);
  });

  it('says which values of the limited field are one in two spellings', () => {
    const all = {
      'election.yaml': `${YAML}representation_limit: {field: Employer, max: 1}\n`,
      'candidate-a.md': candidate('a', 'A', 'info:\n  - employer: Acme\n'),
      'candidate-b.md': candidate('b', 'B', 'info:\n  - Employer: ACME\n'),
      'candidate-c.md': candidate('c', 'C', 'info:\n  - employer: Acme\n'),
    };
    expect(said(all)).toEqual(['warning representation-limit-spelling candidate-b.md']);
    expect(inX(all).diagnostics[0]?.message).toBe(
      'The "Employer" "ACME" counts as the same as "Acme" of another candidate.',
    );
  });

  it('says which values of the limited field are probably one, and count as two', () => {
    const all = {
      'election.yaml': `${YAML}representation_limit: {field: employer, max: 1}\n`,
      'candidate-a.md': candidate('a', 'A', 'info:\n  - employer: Red Hat\n'),
      'candidate-b.md': candidate('b', 'B', 'info:\n  - employer: RedHat, Inc.\n'),
      'candidate-c.md': candidate('c', 'C', 'info:\n  - employer: Red Hut\n'),
    };
    expect(said(all)).toEqual(['warning representation-limit-similar candidate-b.md']);
    expect(inX(all).diagnostics[0]?.message).toBe(
      'The "employer" "RedHat, Inc." counts as another than "Red Hat" of another candidate.',
    );
  });

  it('passes on what was found while fetching, and does not read what was refused', () => {
    const problem = {
      code: 'symlink',
      severity: 'error',
      file: 'e/x/candidate-a.md',
      line: 0,
      column: 0,
      message: '',
      hint: '',
    } as const;
    const { election, diagnostics } = readElection('e/x', 'e', [
      { path: 'e/x/election.yaml', text: YAML },
      {
        path: 'e/x/voters.yaml',
        text: '',
        refused: true,
        problems: [{ ...problem, file: 'e/x/voters.yaml' }],
      },
      { path: 'e/x/candidate-a.md', text: '', refused: true, problems: [problem] },
    ]);
    expect(election).toMatchObject({ candidates: [], voters: [] });
    expect(diagnostics.map((d) => d.code)).toEqual([
      'symlink',
      'symlink',
      'voters-unreadable',
      'no-candidates',
    ]);
  });
});

describe('logins that differ in case only', () => {
  const read = (rule: LoginRule) => {
    const { elections } = readTree('elections', files(TWICE), rule);
    const { election, diagnostics = [] } = elections[0] ?? {};
    return {
      voters: election?.voters.map(({ login }) => login),
      officers: election?.officers,
      accounts: election?.officerAccounts,
      logins: election?.logins,
      twice: diagnostics.filter(({ code }) => /duplicate|approvals/.test(code)).map(({ code }) => code),
    };
  };

  it('are one person, and told as one, where case is ignored', () => {
    expect(read({})).toEqual({
      voters: ['Ada'],
      officers: ['Olga'],
      accounts: { olga: '7' },
      logins: undefined,
      twice: ['officer-duplicate', 'approvals-need-officers', 'voters-duplicate', 'voters-duplicate'],
    });
  });

  it('are two, and the election says so, where the provider tells them apart', () => {
    expect(read({ logins: 'exact' })).toEqual({
      voters: ['Ada', 'ada'],
      officers: ['Olga', 'olga'],
      accounts: { Olga: '7' },
      logins: 'exact',
      twice: ['voters-duplicate'],
    });
  });
});
