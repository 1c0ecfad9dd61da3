import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { count, parseBallotsCsv, toJson } from '@elekto/tally';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { elektoHere } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'elekto-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function tally(...args: string[]): Promise<{ status: number | null; out: string; error: string }> {
  const { status, out, err } = await elektoHere(['tally', ...args]);
  return { status, out, error: err };
}

const CSV = 'b,A,10\n1,2,3\nNo opinion,1,2\n3,2,1\n';

describe('elekto tally', () => {
  it('prints the outcome of the engine, byte for byte', async () => {
    const { status, out, error } = await tally(file('one.csv', CSV), '--format', 'json', '--seats', '2');
    expect(status).toBe(0);
    expect(error).toMatch(
      /one\.csv: read as CSV: 3 ballots, 3 candidates; 1 is best \(--high-is-best for the other way\)\n$/,
    );
    expect(out).toBe(toJson(count(parseBallotsCsv(CSV), { seats: 2 })));
    expect(await tally(file('one.csv', CSV), '--format', 'json', '--seats', '2', '--quiet')).toEqual({
      status,
      out,
      error: '',
    });
  });

  it('lets no text of a file steer the terminal', async () => {
    const path = file('esc.blt', '2 1\n1 1 2 0\n0\n"A\u001b]0;x\u0007"\n"B\u009b2J"\n"T"\n');
    const { out, error } = await tally(path);
    expect(out).toMatch(/^A\ufffd]0;x\ufffd is elected\.\n/);
    expect(`${out}${error}`).not.toMatch(/[^\P{Cc}\n]/u);
    expect((await tally(path, '--vacated', 'x\u001b[2J')).error).toContain('x\ufffd[2J has no seat');
  });

  it('reads YAML with ids as they are written, and writes YAML that means the JSON', async () => {
    const path = file(
      'ids.yaml',
      'candidates: [on, 007, null, x]\nballots:\n  - count: 9007199254740991\n    ranking: [[on, 007], [null]]\n  - ranking: [x]\nunranked: last\n',
    );
    const json = JSON.parse((await tally(path, '--format', 'json')).out) as Record<string, unknown>;
    expect(json['candidates']).toEqual(['007', 'null', 'on', 'x']);
    expect((await tally(path, '--format', 'json')).out).toContain('"cast": 9007199254740992');
    const small = file('small.yml', 'candidates: [on, 007]\nballots: [{ranking: [on]}]\n');
    expect(parse((await tally(small, '--format', 'yaml')).out)).toEqual(
      JSON.parse((await tally(small, '--format', 'json')).out),
    );
  });

  it('passes every option on', async () => {
    const path = file(
      'options.json',
      '{"candidates":["A","B"],"ballots":[{"count":3,"ranking":[["A"],["B"]]},{"ranking":["B"]}]}',
    );
    const flags = [
      '--strength',
      'margins',
      '--unranked',
      'last',
      '--order',
      'wins',
      '--secondary',
      '--seats',
      '3',
    ];
    const { options, method } = JSON.parse(
      (await tally(path, '--format', 'json', '--method', 'minimax', ...flags)).out,
    ) as Record<string, unknown>;
    expect(method).toBe('minimax');
    expect(options).toEqual({
      strength: 'margins',
      unranked: 'last',
      secondary: true,
      order: 'wins',
      seats: 3,
      limit: null,
    });
  });

  it.each([
    ['employer=1', ['A', 'C']],
    ['employer=1/2', ['A', 'C']],
    ['employer=50%', ['A', 'C']],
    ['employer=2', ['A', 'B']],
  ])('applies the limit %s from JSON', async (limit, elected) => {
    const path = file('limit.csv', 'A,B,C\n1,2,3\n1,2,-\n');
    for (const fields of [
      '{"A":{"employer":"X"},"B":{"info":{"employer":"X"}}}',
      '[{"id":"A","employer":"X"},{"ID":"B","employer":"X"}]',
      '[{"id":"A","Employer":"X "},{"id":"B","info":{"EMPLOYER":"x"}},{"id":"C","employer":null}]',
    ]) {
      const candidates = file('fields.json', fields);
      const { out } = await tally(
        path,
        '--format',
        'json',
        '--seats',
        '2',
        '--limit',
        limit,
        '--candidates',
        candidates,
      );
      expect((JSON.parse(out) as { seats: { elected: string[] } }).seats.elected).toEqual(elected);
    }
  });

  it('applies the rules of an organisation about seats', async () => {
    const path = file('rules.csv', 'A,B,C,N\n1,2,3,4\n1,2,4,3\n');
    const candidates = file('regions.json', '{"C":{"region":"emea"}}');
    const elected = async (...flags: string[]) =>
      (
        JSON.parse((await tally(path, '--low-is-best', '--format', 'json', ...flags)).out) as {
          seats: { elected: string[] };
        }
      ).seats.elected;
    expect(await elected('--seats', '2', '--keep', 'region=EMEA:1', '--candidates', candidates)).toEqual([
      'A',
      'C',
    ]);
    expect(await elected('--seats', '4', '--none', 'N')).toEqual(['A', 'B']);
    expect(
      await elected('--seats', '4', '--none', 'N', '--none-rule', 'drop', '--none-support', '3'),
    ).toEqual([]);
    expect(await elected('--seats', '4', '--none', 'N', '--none-majority', '3/2')).toEqual(['A', 'B']);
    expect(await elected('--quorum', '3')).toEqual([]);
    expect(await elected('--minimum-share', '100%')).toEqual(['A']);
    expect((await tally(path, '--low-is-best', '--quorum', '3')).out).toMatch(
      /^Nobody is elected: the quorum is 3 ballots, and 2 were cast\.$/m,
    );
  });

  it('says who serves how long, and fills a vacancy by a count-back', async () => {
    const path = file('terms.csv', 'A,B,C,D\n1,2,3,4\n1,2,3,-\n');
    const terms = ['--seats', '3', '--term', '2=2 years', '--term', '1=1 year'];
    const { out } = await tally(path, ...terms);
    expect(out).toMatch(/^A and B serve 2 years\.$/m);
    expect(out).toMatch(/^C serves 1 year\.$/m);
    const back = (await tally(path, '--seats', '2', '--vacated', 'A')).out;
    expect(back).toMatch(/^C takes the vacant seat\.$/m);
    expect(back).toMatch(/^B kept the seat\.$/m);
    expect((await tally(path, '--seats', '2', '--vacated', 'A', '--declined', 'C')).out).toMatch(
      /^D takes the vacant seat\.$/m,
    );
    expect((await tally(path, '--seats', '2', '--vacated', 'A', '--vacated', 'C')).out).toMatch(
      /^D takes the vacant seat\.$/m,
    );
  });

  it.each([
    [['--term', 'long'], 'Expected seats=term'],
    [['--term', '2=2 years'], 'the terms are those of 2 seats, and there are 1'],
    [['--vacated', 'B'], 'B has no seat that could fall vacant'],
    [['--declined', 'B'], '--declined needs --vacated'],
    [['--none-rule', 'drop'], '--none-support need --none'],
    [['--none', 'Z'], 'there is no such candidate'],
    [['--keep', 'region=EMEA:1'], '--keep needs --candidates'],
    [['--keep', 'region=EMEA:1', '--keep', 'employer=X:1', '--candidates', '.'], '--keep is about one field'],
    [['--keep', 'EMEA'], 'Expected field=value:seats'],
    [['--minimum-share', '10'], 'Expected a share'],
    [['--none', 'A', '--none-majority', 'most'], 'Expected a ratio'],
    [['--none', 'A', '--none-majority', '1/2'], 'a ratio from 1'],
  ])('refuses %j', async (flags, message) => {
    const path = file('refused.csv', 'A,B\n1,2\n1,-\n');
    expect((await tally(path, ...flags)).error).toContain(message);
  });

  it('applies a limit from the candidate files of an election folder, in any spelling', async () => {
    const election = join(folder, 'election');
    mkdirSync(election);
    for (const [id, employer] of [
      ['A', 'Employer: Acme Works'],
      ['B', 'employer: ACME  works'],
      ['C', 'employer: Other'],
    ]) {
      const header = `-------------------------------------------------------------\nname: ${id}\nID: ${id}\ninfo:\n  - ${employer}\n-------------------------------------------------------------\n`;
      writeFileSync(join(election, `candidate-${id}.md`), header);
    }
    const args = ['--seats', '2', '--limit', 'employer=1', '--candidates', election];
    const { out } = await tally(file('folder.csv', 'A,B,C\n1,2,3\n1,2,-\n'), ...args);
    expect(out).toMatch(/^A and C are elected\.\nB was passed over: at most 1 seat /);
  });

  it('takes recorded decisions', async () => {
    const decisions = file('decisions.json', '[{"candidates":["A","B"],"winners":["B"],"how":"a coin"}]');
    const { out } = await tally(file('tie.csv', 'A,B\n1,1\n'), '--decisions', decisions);
    expect(out).toMatch(/^B is elected\.\nA and B were tied for the seat\. Decided for B: a coin\n/);
  });

  it.each([
    [
      'bad.csv',
      'A,B\n1,x\n',
      ': line 2, column 3: expected a whole number from 1 or "No opinion", found "x"',
    ],
    [
      'bad.json',
      '{"candidates":["A"],\n"ballots":[{"ranking":["Z"]}]}',
      ': line 2, column 24: expected one of the candidates, found "Z"',
    ],
    [
      'bad.yaml',
      'candidates: [A]\nballots:\n  - ranking: [Z]\n',
      ': line 3, column 15: expected one of the candidates, found "Z"',
    ],
    ['open.yaml', 'candidates: [A\nballots: []\n', ': line 2, column 1: expected YAML: '],
    ['tag.yaml', 'candidates: !!js/function "x"\n', ': line 1, column 13: expected YAML: '],
    [
      'alias.yaml',
      'candidates: [&a A]\nballots: [{ranking: [*a]}]\n',
      ': line 2, column 22: expected a value written out, found none or an alias',
    ],
    ['none.yaml', '', ': line 1, column 1: expected ballots in a format that is known, found an empty file'],
    [
      'bad.txt',
      'A\n',
      ': line 1, column 1: expected ballots in a format that is known, found none: say --from',
    ],
  ])('names the place in %s, exits 1 and prints no result', async (name, text, message) => {
    const path = file(name, text);
    const { status, out, error } = await tally(path);
    expect([status, out]).toEqual([1, '']);
    expect(error.startsWith(path + message)).toBe(true);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    [['absent.csv'], 'absent.csv: cannot be read (ENOENT)'],
    [['FILE', '--limit', 'employer=1'], '--limit needs --candidates'],
    [['FILE', '--limit', 'employer'], 'Expected field=number'],
    [['FILE', '--limit', 'e=1', '--candidates', 'absent'], 'absent: cannot be read (ENOENT)'],
    [['FILE', '--decisions', 'absent.json'], 'absent.json: cannot be read (ENOENT)'],
    [['FILE', '--method', 'plurality'], 'Allowed choices are schulze, ranked-pairs'],
    [['FILE', '--seats', 'two'], 'Expected a whole number from 0.'],
    [['FILE', '--format', 'xml'], 'Allowed choices are text, json, yaml, markdown, csv'],
    [[], "missing required argument 'file'"],
  ])('refuses %j', async (args, message) => {
    const path = file('fine.csv', CSV);
    const { status, out, error } = await tally(...args.map((arg) => (arg === 'FILE' ? path : arg)));
    expect([status, out]).toEqual([1, '']);
    expect(error).toContain(message);
  });

  it('refuses fields and decisions that are not what they should be', async () => {
    const path = file('fine.csv', CSV);
    const wrong = file('wrong.json', '[{"winners":"B"}]');
    expect((await tally(path, '--decisions', wrong)).error).toContain(
      'expected a list of {"winners": [ids], "how": "words"}',
    );
    expect((await tally(path, '--limit', 'e=1', '--candidates', file('n.json', '3'))).error).toContain(
      'expected an object of candidates',
    );
    expect((await tally(path, '--limit', 'e=1', '--candidates', file('b.json', '{'))).error).toContain(
      'expected JSON',
    );
    const stranger = file('stranger.json', '[{"winners":["Z"],"how":"x"}]');
    expect((await tally(path, '--decisions', stranger)).error).toContain(
      'a recorded decision names Z, who is no candidate',
    );
  });
});
