/** Three officers as three processes with `elekto custody`, and a server that stops between any two messages. */
import { makeDeal, postJson, readTranscript, signPost } from '@elekto/custody/ceremony';
import { headerOf, keyOf, must } from '@elekto/custody/testing';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { writeTranscript } from '@elekto/custody/ceremony';
import { refusalOf } from './support/browser.ts';
import { writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';

const MAIN = join(import.meta.dirname, '../../../packages/cli/src/main.ts');
const OFFICERS = ['ada', 'bob', 'cy'] as const;
const BOARD = 'keys/2026.json';
const EARLY = '2026-01-10T12:00:00Z';

describe('a ceremony of three processes', () => {
  let running: Running;
  let meta: string;
  let homes: string;
  const words = new Map<string, string>();

  beforeAll(async () => {
    meta = writeMeta({
      steering: { officers: OFFICERS, candidates: ['dan', 'eve'], extra: `custody: ${BOARD}\n` },
    });
    homes = mkdtempSync(join(tmpdir(), 'elekto-officers-'));
    for (const login of [...OFFICERS, 'ada-again']) {
      mkdirSync(join(homes, login));
      writeFileSync(join(homes, login, 'passphrase'), `a passphrase of ${login}, long enough\n`);
    }
    running = await run({ meta, people: [...OFFICERS, 'vera'], now: EARLY });
  });
  afterAll(async () => {
    await running?.stop();
    for (const folder of [meta, homes]) rmSync(folder, { recursive: true, force: true });
  });

  const elections = () => join(meta, 'elections');
  const keyFlags = (home: string) => [
    ...['--key-file', join(homes, home, 'officer.key')],
    ...['--passphrase-file', join(homes, home, 'passphrase')],
  ];
  const boardFlags = (home: string) => [
    ...['--server', running.url, '--board', BOARD],
    ...['--token-file', join(homes, home, 'session')],
  ];

  interface Ended {
    readonly code: number | null;
    readonly out: string;
    readonly err: string;
  }
  /** Runs the command; `answer` is asked at each pause of standard error what to type. */
  function elekto(args: readonly string[], answer?: (said: string) => string | null): Promise<Ended> {
    const child = spawn(process.execPath, [MAIN, 'custody', ...args], {
      env: { ...bareEnvironment(), HOME: homes },
    });
    const text = { out: '', err: '' };
    let seen = 0;
    child.stdout.on('data', (piece: Buffer) => void (text.out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => {
      text.err += piece.toString();
      const typed = answer?.(text.err.slice(seen)) ?? null;
      if (typed === null) return;
      seen = text.err.length;
      child.stdin.write(`${typed}\n`);
    });
    if (answer === undefined) child.stdin.end();
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text })));
  }

  async function makeKey(login: string): Promise<Ended> {
    let shown: string[] = [];
    return elekto(
      ['key', '--login', login, ...keyFlags(login), '--out', join(elections(), 'officers', `${login}.json`)],
      (said) => {
        const found = [...said.matchAll(/(\d+)\. ([a-z]+)/g)];
        if (found.length === 12) {
          shown = found.toSorted((a, b) => Number(a[1]) - Number(b[1])).map((match) => match[2] ?? '');
          words.set(login, shown.join(' '));
        }
        if (/written down\. $/.test(said)) return '';
        const asked = /Word (\d+): $/.exec(said)?.[1];
        return asked === undefined ? null : (shown[Number(asked) - 1] ?? '?');
      },
    );
  }

  /** The person's browser: opens the page that the terminal shows, signed in, and allows it. */
  async function signIn(login: string): Promise<Ended> {
    const child = execFile(process.execPath, [
      MAIN,
      'custody',
      'sign-in',
      ...boardFlags(login).filter((_, i) => i < 2 || i > 3),
    ]);
    const done = new Promise<Ended>((resolve) => {
      let out = '';
      child.stdout?.on('data', (piece: string) => {
        out += piece;
        const start = /^(http\S+\/auth\/native\/start\?\S+)\n/m.exec(out)?.[1];
        if (start !== undefined && !out.includes('signed in as')) void allow(new URL(start), login);
      });
      child.on('close', (code) => resolve({ code, out, err: '' }));
    });
    return done;
  }
  const allowed = new Set<string>();
  async function allow(start: URL, login: string): Promise<void> {
    if (allowed.has(start.href)) return;
    allowed.add(start.href);
    const browser = await running.signedIn(login);
    const body = new URLSearchParams({ ...Object.fromEntries(start.searchParams), answer: 'allow' });
    const back = await browser.fetch('/auth/native/approve', { method: 'POST', body });
    await fetch(back.headers.get('location') ?? '');
  }

  /** The server is at another port then, and a sign-in is for one address. */
  async function restart(): Promise<void> {
    await running.restart();
    for (const login of OFFICERS) {
      const file = join(homes, login, 'session');
      const [token] = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      writeFileSync(file, JSON.stringify({ [running.url]: token }));
    }
  }

  it('makes no key for who does not have the words on paper', async () => {
    const said = await elekto(['key', '--login', 'ada', ...keyFlags('ada')], () => 'zoo');
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('no key was made')]);
  });

  it('begins with three keys, whose words were proven, and a header', async () => {
    for (const said of await Promise.all(OFFICERS.map(makeKey))) expect(said).toMatchObject({ code: 0 });
    expect(words.size).toBe(3);
    const begun = await elekto([
      ...['new', BOARD, '--elections', elections(), '--officers', OFFICERS.join(',')],
      ...['--until', '2027-12-31'],
    ]);
    expect(begun).toMatchObject({ code: 0 });
    await running.server.sync();
    for (const login of OFFICERS)
      expect(await signIn(login)).toMatchObject({
        code: 0,
        out: expect.stringContaining(`signed in as ${login}`) as string,
      });
  });

  it('goes through two visits of each, whenever the server stops, and ends in git', async () => {
    for (const login of OFFICERS) {
      const dealt = await elekto(['deal', ...keyFlags(login), ...boardFlags(login)]);
      expect([dealt.err, dealt.out]).toEqual(['', expect.stringContaining('You have dealt.')]);
      await restart();
    }
    const compared = new Set<string | undefined>();
    for (const login of OFFICERS) {
      const confirmed = await elekto([
        'confirm',
        ...keyFlags(login),
        ...boardFlags(login),
        '--elections',
        elections(),
      ]);
      expect([confirmed.err, confirmed.out]).toEqual(['', expect.stringContaining('You have confirmed')]);
      compared.add(/aloud:\n {2}([a-z ]+)\n/.exec(confirmed.out)?.[1]);
      await restart();
    }
    expect([...compared][0]?.split(' ')).toHaveLength(12);
    expect(compared.size).toBe(1);
    const done = await elekto(['finish', ...boardFlags('bob'), '--elections', elections()]);
    expect(done.out).toContain('All officers have confirmed');
    await running.server.sync();
    const bob = await running.signedIn('bob');
    const { elections: mine } = await bob.api.officer.elections.query();
    expect(mine[0]?.diagnostics.map(({ code }) => code)).toEqual([]);
    const again = postJson(
      must(readTranscript(readFileSync(join(elections(), BOARD), 'utf8'))).posts[0] as never,
    );
    expect(await refusalOf(bob.api.custody.post.mutate({ file: BOARD, post: again as never }))).toBe(
      'ceremony-complete',
    );
  });

  it('shows before the opening that enough officers hold their shares', async () => {
    const ready = (login: string, election = 'steering') =>
      elekto(['ready', election, ...keyFlags(login), ...boardFlags(login)]);
    expect((await ready('ada')).out).toContain('does not open before 1 more of you is.');
    expect((await ready('cy')).out).toContain('enough of you are: 2 of 3');
    expect((await ready('cy', 'other')).err).toContain('not signed by the officer');
    const { elections: seen } = await (
      await running.signedIn('bob')
    ).api.custody.board.query({ file: BOARD });
    expect(seen.map((each) => each.ready)).toEqual([[1, 3]]);
  });

  it('gives an officer the share again on another computer, from the twelve words', async () => {
    const recover = (login: string, phrase: string) =>
      elekto(
        ['recover', '--login', login, ...keyFlags('ada-again'), '--board', BOARD, '--elections', elections()],
        () => phrase,
      );
    const phrase = words.get('ada') ?? '';
    const wrong = phrase.replace(/^\w+/, 'qwerty');
    expect((await recover('ada', wrong)).err).toContain('no recovery phrase has the word "qwerty"');
    expect((await recover('ada', words.get('bob') ?? '')).err).toContain(
      'these are the words of bob, not of ada',
    );
    const back = await recover('ada', phrase);
    expect([back.err.includes('twelve words'), back.out]).toEqual([
      true,
      expect.stringContaining('your share of'),
    ]);
  });
});

describe.each(DATABASES)('the posts of a ceremony, on %s', (database) => {
  let running: Running;
  let meta: string;
  const header = headerOf(3, 2);
  const key = keyOf(1);

  beforeAll(async () => {
    meta = writeMeta({
      steering: { officers: ['officer-1', 'officer-2', 'officer-3'], extra: `custody: ${BOARD}\n` },
    });
    mkdirSync(join(meta, 'elections/keys'));
    writeFileSync(join(meta, 'elections', BOARD), writeTranscript({ header, posts: [] }));
    running = await run({
      ...{ meta, people: ['officer-1', 'officer-2', 'vera'], database },
      now: '2026-02-24T12:00:00Z',
    });
  });
  afterAll(async () => {
    await running?.stop();
    rmSync(meta, { recursive: true, force: true });
  });

  it('are waited for while there is time: the console is told of the days that are left', async () => {
    const { api } = await running.signedIn('officer-2');
    const { elections } = await api.officer.elections.query();
    const said = elections[0]?.diagnostics.find(({ code }) => code === 'custody-no-time');
    expect(said).toMatchObject({
      severity: 'warning',
      message: 'Voting begins in 4 days, and the officers have no key in keys/2026.json.',
      hint: 'Finish the ceremony now, move "start_datetime", or take "custody" out, and the server keeps the key.',
    });
  });

  it('are kept for good, one a slot, and a second word beside the first as evidence', async () => {
    const { api } = await running.signedIn('officer-1');
    const say = async (body: Parameters<typeof signPost>[2], of = header) =>
      (
        await api.custody.post.mutate({
          file: BOARD,
          post: postJson(signPost(of, 1, body, key.signSecret)) as never,
        })
      ).kept;
    const deal = await makeDeal(header, 1, key);
    const other = await makeDeal(header, 1, { ...key, dealSecret: new Uint8Array(32).fill(9) });
    expect([await say(deal), await say(deal), await say(other), await say(other)]).toEqual([
      'kept',
      'known',
      'second-word',
      'second-word',
    ]);
    const third = await makeDeal(header, 1, { ...key, dealSecret: new Uint8Array(32).fill(8) });
    expect(await say(third)).toBe('second-word');
    const { posts } = await (await running.signedIn('officer-2')).api.custody.board.query({ file: BOARD });
    expect(posts).toHaveLength(2);
  });

  it('are taken from the officer alone who signed them, for this ceremony alone', async () => {
    const { api } = await running.signedIn('officer-2');
    const deal = await makeDeal(header, 1, key);
    const earlier = headerOf(3, 2, { until: '2026-12-31' });
    const posts = [
      postJson(signPost(header, 1, deal, keyOf(2).signSecret)),
      postJson(signPost(earlier, 2, await makeDeal(earlier, 2, keyOf(2)), keyOf(2).signSecret)),
      { officer: 9 },
      'deal',
      null,
    ];
    for (const post of posts)
      expect(await refusalOf(api.custody.post.mutate({ file: BOARD, post: post as never }))).toBe(
        'post-unsigned',
      );
    const long = { ...postJson(signPost(header, 1, deal, key.signSecret)), more: 'x'.repeat(60_000) };
    expect(await refusalOf(api.custody.post.mutate({ file: BOARD, post: long as never }))).toBe(
      'bad-request',
    );
    const vera = await running.signedIn('vera');
    expect((await vera.api.custody.boards.query()).boards).toEqual([]);
    expect(await refusalOf(vera.api.custody.board.query({ file: BOARD }))).toBe('not-officer');
  });
});
