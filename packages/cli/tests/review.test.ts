import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commentOf, MARK } from '../src/review/comment.ts';
import { post } from '../src/review/post.ts';
import { branchedFrom, commitOf, stateAt } from '../src/review/state-at.ts';

const OPENS = Date.UTC(2027, 8, 1);
const BEFORE = OPENS - 30 * 86_400_000;
const DURING = OPENS + 1;
const AFTER = Date.UTC(2027, 10, 1);
const F = 'elections/board';
const yaml = (more = '', seats = 2): string =>
  `name: Board\nstart_datetime: 2027-09-01 00:00:00\nend_datetime: 2027-09-14 23:59:59\nno_winners: ${seats}\nshow_candidate_fields: [employer]\nelection_officers: [olga]\n${more}`;
const person = (id: string, name: string, bio = 'Hello.'): string =>
  `---\nname: ${name}\nID: ${id}\ninfo:\n  - employer: Acme\n---\n${bio}\n`;
const START = {
  [`${F}/election.yaml`]: yaml(),
  [`${F}/voters.yaml`]: 'eligible_voters:\n  - olga\n  - ada\n',
  [`${F}/candidate-ada.md`]: person('ada', 'Ada'),
};

let server: GitServer;
let repository: GitRepository;
let first = '';
beforeAll(async () => {
  server = await startGitServer();
  repository = await server.createRepository('meta');
  first = await repository.publish(START);
});
afterAll(() => server?.close());

/** The comment on a change of the first state. */
async function review(files: Readonly<Record<string, string | null>>, now: number): Promise<string> {
  await repository.git('reset', '--quiet', '--hard', first);
  await repository.write(files);
  const head = await repository.push('change', { branch: 'change', force: true });
  const place = repository.workDir;
  return commentOf(
    await stateAt(place, first, 'elections', now),
    await stateAt(place, head, 'elections', now),
    now,
  );
}

describe('what a merge would do now', () => {
  it('before voting: all of it, with who is new, how the page reads and what is to be mended', async () => {
    const text = await review(
      { [`${F}/candidate-bo.md`]: person('"@bo"', 'Bo *Bertram*', '# Me\n\n- one\n- two') },
      BEFORE,
    );
    expect(text.startsWith(MARK)).toBe(true);
    expect(text).toContain('### To mend: 0 errors, 1 warning');
    expect(text).toContain('was read as');
    expect(text).toContain('- New candidate: Bo \\*Bertram\\* (<code>bo</code>).');
    expect(text).toContain('- Voting has not begun: all of this takes effect.');
    expect(text).toContain('```\nBo *Bertram*\nemployer: Acme\n\nMe\n\n- one\n\n- two\n```');
  });

  it.each([
    [
      'a change of the seats',
      { [`${F}/election.yaml`]: yaml('', 3) },
      /Ballots are cast for 2 seats\. The files now say 3; that has no effect\./,
    ],
    [
      'a late candidate',
      { [`${F}/candidate-bo.md`]: person('bo', 'Bo') },
      /Bo was added after voting began and is not on this ballot/,
    ],
    [
      'another rule',
      { [`${F}/election.yaml`]: yaml('method: irv\n') },
      /name another way of counting since voting began\. That has no effect/,
    ],
  ])('once somebody has voted, %s has no effect', async (_, files, said) => {
    const text = await review(files, DURING);
    expect(text).toContain('takes effect only as long as nobody has voted. Once somebody has:');
    expect(text).toMatch(said);
    expect(await review(files, AFTER)).toContain('Voting ended 2027-09-14 23:59:59 UTC');
  });

  it('while voting: the roll and a later end take effect, an end in the past does not', async () => {
    const roll = await review({ [`${F}/voters.yaml`]: 'eligible_voters:\n  - olga\n  - eve\n' }, DURING);
    expect(roll).toContain('Voting has begun; what this changes takes effect all the same.');
    expect(roll).toContain('**The roll**: 1 added, 1 removed, 1 as before. There is no roll-evidence.csv');
    expect(roll).toMatch(/\n\+ eve/);
    expect(roll).toMatch(/\n- ada/);
    const end = (day: string) => ({ [`${F}/election.yaml`]: yaml().replace('2027-09-14', day) });
    expect(await review(end('2027-09-20'), DURING)).toContain(
      'The end moves to 2027-09-20 23:59:59 UTC, also when',
    );
    const past = await review(end('2027-09-02'), DURING + 5 * 86_400_000);
    expect(past).toContain('Voting goes on until 2027-09-14 23:59:59 UTC');
    expect(past).not.toContain('as long as nobody has voted');
  });

  it('a folder that goes withdraws the election, and a file that breaks leaves the last good one', async () => {
    const gone = Object.fromEntries(Object.keys(START).map((path) => [path, null]));
    expect(await review(gone, DURING)).toContain('becomes withdrawn');
    expect(await review({ [`${F}/election.yaml`]: 'name: [' }, DURING)).toContain(
      'cannot be read: a server keeps the last',
    );
    expect(await review({ 'README.md': 'x' }, DURING)).toContain(
      'No election reads differently: nothing changes',
    );
  });

  it('tells a file of a candidate that is called otherwise or lies elsewhere, and links to nothing', async () => {
    const text = await review(
      {
        [`${F}/canidate-cy.md`]: person('cy', 'Cy'),
        [`${F}/more/candidate-di.md`]: person('di', 'Di'),
        [`${F}/candidate-bo.md`]: person('bo', 'Bo', '[there](election.yaml) [up](../../) [gone](gone.md)'),
      },
      BEFORE,
    );
    expect(text).toContain('### To mend: 0 errors, 3 warnings');
    expect(text).toContain(`<code>${F}/canidate-cy.md</code>`);
    expect(text).toContain('Name it candidate-cy.md.');
    expect(text).toContain('Move it beside election.yaml, as candidate-di.md.');
    expect(text).toMatch(
      /<code>elections\/board\/candidate-bo\.md<\/code>, line \d+: The link "gone\.md" leads to no file/,
    );
  });

  it('tells a candidate who comes after nominations have closed', async () => {
    const files = {
      [`${F}/election.yaml`]: yaml('nominations:\n  closes: 2027-07-01\n'),
      [`${F}/candidate-bo.md`]: person('bo', 'Bo'),
    };
    expect(await review(files, BEFORE)).toContain('Nominations closed 2027-07-01 23:59:59 UTC');
  });

  it('gives texts of strangers no effect: no Markdown, no mention, no link, no way out of a block', async () => {
    const name = '"<!-- x --> @team o/r#12 [a](https://evil.example) </code>"';
    const text = await review(
      { [`${F}/candidate-bo.md`]: person('bo', name, '````\n@all <b>\n````\n\n</details>') },
      BEFORE,
    );
    const outside = text.replace(/^(`{3,})[a-z]*\n[^]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/(?<!&)[@#](?!\u200b)\w/);
    expect(outside).not.toContain('https://evil.example');
    expect(outside.match(/(?<!\\)<!--/g)).toHaveLength(1);
    expect(outside.match(/<details>/g)).toHaveLength(1);
    expect(outside.match(/(?<!\\)<\/details>/g)).toHaveLength(1);
  });

  it('says before everything else that there is more than a comment takes, outside of every text of strangers', async () => {
    const many = Array.from({ length: 12 }, (_, i) => [
      [`elections/a${i}/election.yaml`, yaml()],
      [`elections/a${i}/voters.yaml`, 'eligible_voters: [olga]\n'],
      ...Array.from({ length: 10 }, (__, c) => [
        `elections/a${i}/candidate-c${c}.md`,
        person(`c${c}`, `C ${c}`, `\\# x\n\n${'word '.repeat(400)}`),
      ]),
    ]).flat();
    const text = await review(Object.fromEntries(many) as Record<string, string>, BEFORE);
    expect(text.length).toBeLessThan(65_000);
    expect(text.indexOf('Not all of it is here')).toBeLessThan(150);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text).toContain('(<code>elections/a11</code>)');
  });

  it('is of the change alone, not of what others merged meanwhile', async () => {
    await repository.git('reset', '--quiet', '--hard', first);
    const main = await repository.publish({ [`${F}/candidate-cy.md`]: person('cy', 'Cy') });
    await repository.git('checkout', '--quiet', '-B', 'side', first);
    const side = await repository.push('side', { branch: 'side' });
    expect(await branchedFrom(repository.workDir, main, side)).toBe(first);
    await expect(commitOf(repository.workDir, '--output=x')).rejects.toThrow('has no commit');
    await repository.git('checkout', '--quiet', '-B', 'main', first);
  });
});

describe('the comment', () => {
  const SHA = 'a'.repeat(40);
  it('is one, kept up to date, on the pull request that really ends at the commit', async () => {
    const comments: { id: number; body: string; user: { type: string } }[] = [
      { id: 1, body: `${MARK} of somebody else`, user: { type: 'User' } },
    ];
    const calls: string[] = [];
    let busy = 1;
    const api = createServer((request, response) => {
      void (async () => {
        const url = new URL(request.url ?? '/', 'http://x');
        const json = (value: unknown): void =>
          void response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
        if (busy-- > 0) return void response.writeHead(502).end();
        calls.push(`${request.method} ${url.pathname}`);
        expect(request.headers.authorization).toBe('Bearer secret');
        if (url.pathname.endsWith('/pulls')) {
          const full = Array.from({ length: 100 }, (_, index) => ({
            number: 100 + index,
            head: { sha: 'b'.repeat(40) },
          }));
          return json(url.searchParams.get('page') === '1' ? full : [{ number: 7, head: { sha: SHA } }]);
        }
        if (request.method === 'GET') return json(comments);
        const { body } = JSON.parse(await bodyOf(request)) as { body: string };
        if (request.method === 'POST') comments.push({ id: 2, body, user: { type: 'Bot' } });
        else for (const comment of comments) if (url.pathname.endsWith(`/${comment.id}`)) comment.body = body;
        json({});
      })();
    });
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    const options = {
      api: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      token: 'secret',
      repository: 'o/r',
      head: SHA,
    };
    try {
      expect(await post(`${MARK}\none\n`, options)).toBe(1);
      expect(await post(`${MARK}\ntwo\n`, options)).toBe(1);
      expect(await post(`${MARK}\ntwo\n`, options)).toBe(1);
      expect(comments.map(({ body }) => body)).toEqual([`${MARK} of somebody else`, `${MARK}\ntwo\n`]);
      expect(calls.filter((call) => !call.startsWith('GET'))).toEqual([
        'POST /repos/o/r/issues/7/comments',
        'PATCH /repos/o/r/issues/comments/2',
      ]);
      expect(await post(`${MARK}\n`, { ...options, head: 'c'.repeat(40) })).toBe(0);
    } finally {
      api.closeAllConnections();
      api.close();
    }
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Commits of real repositories, and what somebody who merges has to read about each. */
const TEN: readonly [name: string, commit: string, what: string, says: readonly string[]][] = [
  [
    'knative',
    'b8a0cd2',
    'a new election without a roll and candidates',
    [
      'Nobody is on the voter roll',
      'New election: Knative 2021 TOC Election, 2 seats',
      'As it stands it cannot open. Nobody stands',
    ],
  ],
  [
    'knative',
    '408ee13',
    'a candidate whose field is called otherwise',
    [
      'The field "employer", which the election shows, is missing',
      'New candidate: David Protasowski',
      'How the page of <code>dprotaso</code> reads',
    ],
  ],
  [
    'knative',
    '17ced87',
    'a header that is tidied up and a file that is renamed',
    ['finds nothing new to mend', 'No election reads differently'],
  ],
  [
    'knative',
    'e58f43a',
    'exceptions that are merged while people vote',
    [
      'Now: voting is open.',
      'takes effect all the same',
      '2 added, 0 removed, 104 as before',
      '+ jchesterpivotal',
    ],
  ],
  [
    'knative',
    '7ca83b7',
    'a seat less, before voting',
    ['Seats: 3 becomes 2.', 'Voting has not begun: all of this takes effect.'],
  ],
  ['knative', 'a02952d', 'a login in another case', ['No election reads differently']],
  [
    'knative',
    '2e26e3c',
    'an election that is to be called off by an end in the past',
    [
      '2025-12-15 23:59:59 UTC becomes 2025-12-05 00:00:02 UTC',
      'Voting goes on until 2025-12-15 23:59:59 UTC.',
    ],
  ],
  [
    'dapr',
    'c5fc80f',
    'the ID of a candidate that changes while people vote',
    [
      'has another ID than <code>loong</code>: to ballots that is somebody else',
      'is not on this ballot',
      'still on the ballot',
    ],
  ],
  [
    'dapr',
    '3a66f14',
    'the roll, and trials that are removed',
    ['103 added', 'It mends 3 problems.', 'The description: added.'],
  ],
  [
    'cloudfoundry',
    '7daffe1',
    'results of two elections',
    ['The published ballots: added.', 'Voting ended 2023-06-17 06:59:00 UTC: who stands'],
  ],
];
const HISTORY = join(import.meta.dirname, '../../../../shared/data/history');
const isThere = existsSync(HISTORY);
if (!isThere) console.warn('NOTICE: ../shared/data/history is not here; real changes are not reviewed.');

/** The comments on commits of a repository, each against its parent and at its own time: those that are named, or all. */
async function reviewed(name: string, commits: readonly string[] | null): Promise<Map<string, string>> {
  const place = mkdtempSync(join(tmpdir(), 'elekto-review-'));
  try {
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: place, encoding: 'utf8' });
    execFileSync('git', ['clone', '--quiet', join(HISTORY, `${name}.bundle`), place]);
    const comments = new Map<string, string>();
    for (const line of git('log', '--format=%h %H %ct %P').trim().split('\n')) {
      const [short = '', head = '', at = '', base] = line.split(' ');
      if (base === undefined || commits?.includes(short) === false) continue;
      const now = Number(at) * 1000;
      const [before, after] = [
        await stateAt(place, base, 'elections', now),
        await stateAt(place, head, 'elections', now),
      ];
      comments.set(short, await commentOf(before, after, now));
    }
    return comments;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe.runIf(isThere)('a real change', () => {
  const names = [...new Set(TEN.map(([name]) => name))];
  let comments = new Map<string, string>();
  beforeAll(async () => {
    const all = process.env['ELEKTO_ALL_HISTORY'] === '1';
    for (const name of names) {
      const some = TEN.filter(([each]) => each === name).map(([, commit]) => commit);
      comments = new Map([...comments, ...(await reviewed(name, all ? null : some))]);
    }
  }, 900_000);

  it.each(TEN)('%s %s: %s', (_, commit, __, says) => {
    const text = comments.get(commit) ?? '';
    for (const said of says) expect(text).toContain(said);
  });

  it('is told in what a comment takes', () => {
    expect(comments.size).toBeGreaterThanOrEqual(TEN.length);
    for (const [commit, text] of comments) {
      expect(text.startsWith(MARK), commit).toBe(true);
      expect(text.length, commit).toBeLessThan(65_000);
    }
  });
});
