/** What an officer does wrong, as `elekto custody` says it: the sentence and the way out, word for word. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import type * as Ceremony from '@elekto/custody/ceremony';
import { headerJson, officerKey, recoveryPhrase, writeTranscript } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { writeOfficerKeys } from '@elekto/election';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { KEY, openElection, sealed } from '../../officer/tests/world.ts';
import { sayAlive } from '../src/custody/alive.ts';
import { beginCeremony } from '../src/custody/new-header.ts';
import { readKeyFile } from '../src/custody/key-file.ts';
import { recover } from '../src/custody/recover.ts';
import { sayReady } from '../src/custody/ready.ts';
import { memberOf, takePart } from '../src/custody/take-part.ts';
import { keepToken } from '../src/custody/tokens.ts';
import { DO_NOTHING } from '../src/custody/way-out.ts';

const typed = vi.hoisted(() => ({ words: '' }));
vi.mock('../src/prompt.ts', () => ({
  openPrompt: () => ({ ask: async () => typed.words, close: () => undefined }),
}));

/** Every key that a command opened or made, and the root behind it, as they are in memory now. */
const opened = vi.hoisted(() => [] as Uint8Array[]);
vi.mock('@elekto/custody/ceremony', async (original) => {
  const real = await original<typeof Ceremony>();
  const officerKey: typeof real.officerKey = (root) => {
    const key = real.officerKey(root);
    opened.push(root, key.signSecret, key.receiveSecret, key.dealSecret);
    return key;
  };
  return { ...real, officerKey };
});
/** What a command leaves of them. */
async function leftBy(work: () => Promise<unknown>): Promise<string[]> {
  opened.length = 0;
  await said(work);
  expect(opened.length).toBeGreaterThan(0);
  return opened.filter((secret) => secret.some((byte) => byte !== 0)).map(toHex);
}

const BOARD = 'keys/2026.json';
const root = mkdtempSync(join(memoryPlace(), 'elekto-refused-'));
afterAll(() => rmSync(root, { recursive: true }));

const header = headerOf(3, 2);
const FINISHED = writeTranscript({ header, posts: await runCeremony(header, [1, 2, 3].map(keyOf)) });
/** What the keys of tests are made from. */
const phraseOf = (number: number): string => recoveryPhrase(new Uint8Array(16).fill(number));
const put = (path: string, text: string): void => writeFileSync(join(root, path), text);
const said = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'nothing was refused';
  } catch (error) {
    return (error as Error).message.replaceAll(`${root}/`, '');
  }
};

beforeEach(() => {
  for (const folder of ['keys', 'officers']) mkdirSync(join(root, folder), { recursive: true });
  put(BOARD, FINISHED);
  put('passphrase', 'a passphrase that is long enough\n');
  for (const number of [1, 2, 3, 4]) {
    const { sign, receive } = keyOf(number);
    const login = `officer-${number}`;
    put(
      `officers/${login}.json`,
      writeOfficerKeys({ login, sign: toBase64Url(sign), receive: toBase64Url(receive) }),
    );
  }
});

describe('elekto custody recover', () => {
  const again = (words: string, login = 'officer-1') => {
    typed.words = words;
    return said(() =>
      recover({
        ...{ login, elections: root, board: BOARD },
        ...{ keyFile: join(root, 'officer.key'), passphraseFile: join(root, 'passphrase') },
      }),
    );
  };
  const right = phraseOf(1).split(' ');
  const EDITED =
    'Nobody edits this file by hand: bring back the version that the officers confirmed, or hold a new ceremony in a new file.';

  it.each([
    [
      'a word that no phrase has',
      ['qwerty', ...right.slice(1)].join(' '),
      'no recovery phrase has the word "qwerty": look at your paper again',
    ],
    [
      'eleven words',
      right.slice(1).join(' '),
      'a recovery phrase has twelve words, and these are 11. Look at your paper again.',
    ],
    [
      'the words of another officer',
      phraseOf(2),
      'these are the words of officer-2, not of officer-1: nothing was written. Look for your own paper. If you are officer-2 under another name now, give --login officer-2: the ceremony knows you by that.',
    ],
    [
      'the words of nobody',
      phraseOf(9),
      `these words are a recovery phrase, but of nobody in keys/2026.json: of officer-1\u2019s key before or after it, or of somebody else. (Their public signing key is ${toBase64Url(officerKey(new Uint8Array(16).fill(9)).sign)}; look for it in the folder officers.)`,
    ],
  ])('with %s keeps nothing', async (_, words, sentence) => {
    expect(await again(words)).toBe(sentence);
  });

  it('with two words exchanged keeps nothing', async () => {
    const swapped = [right[11], ...right.slice(1, 11), right[0]].join(' ');
    const other = phraseOf(3).split(' ');
    const exchanged = [swapped, [other[11], ...other.slice(1, 11), other[0]].join(' ')];
    for (const words of exchanged)
      expect(await again(words)).toBe(
        'these twelve words are no recovery phrase: two are exchanged, or one is another word of the list. Look at your paper again.',
      );
  });

  it('leaves neither root nor key in memory, refused or not', async () => {
    const keyFile = join(mkdtempSync(join(root, 'wiped-')), 'officer.key');
    for (const number of [2, 9, 1]) {
      typed.words = phraseOf(number);
      const flags = { login: 'officer-1', elections: root, board: BOARD, keyFile };
      expect(await leftBy(() => recover({ ...flags, passphraseFile: join(root, 'passphrase') }))).toEqual([]);
    }
    expect(existsSync(keyFile)).toBe(true);
  });

  it.each([
    [
      'edited in git',
      FINISHED.replace('"login": "officer-2"', '"login": "officer-9"'),
      `keys/2026.json: Ceremony, whoever wrote it down: what stands there in the name of officer-1 is not what they signed for this ceremony. ${EDITED}`,
    ],
    [
      'with a threshold of 1',
      JSON.stringify({ header: { ...headerJson(header), threshold: 1 }, posts: [] }),
      'keys/2026.json: Ceremony header, whoever wrote it: its threshold has to be a whole number, more than half of the 3 officers and 3 at most. Take a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
    ],
  ])('with a custody file %s does not begin', async (_, text, sentence) => {
    put(BOARD, text);
    expect(await again(phraseOf(1))).toBe(sentence);
  });
});

describe('elekto custody new', () => {
  const begin = (more: { officers?: string[]; threshold?: number; until?: string }) =>
    said(() =>
      beginCeremony('keys/2027.json', {
        ...{ elections: root, officers: ['officer-1', 'officer-2', 'officer-3'], until: '2027-12-31' },
        ...more,
      }),
    );

  it.each([
    [
      'two officers',
      { officers: ['officer-1', 'officer-2'] },
      'Ceremony header, whoever wrote it: it names 2 of the three officers or more that there have to be. Name at least three officers: of two, either one who stays away leaves the election without a result.',
    ],
    [
      'a threshold of 1',
      { threshold: 1 },
      'Ceremony header, whoever wrote it: its threshold has to be a whole number, more than half of the 3 officers and 3 at most. Take a threshold of more than half of the officers: 2 of 3, 3 of 5. One officer alone must never open ballots.',
    ],
    [
      'one officer twice',
      { officers: ['officer-1', 'officer-2', 'officer-2'] },
      'Ceremony header, whoever wrote it: an officer or a key stands in it twice. Each officer has one place and two keys of their own.',
    ],
    [
      'no day',
      { until: 'the end of next year' },
      `Ceremony header, whoever wrote it: its kind is not election or rehearsal, or its last day is no date. Write the last day as --until ${new Date().getUTCFullYear() + 1}-12-31.`,
    ],
    [
      'an officer without a key',
      { officers: ['officer-1', 'officer-2', 'zoe'] },
      'officers/zoe.json is not there: zoe makes a key first, with "elekto custody key" or in the console',
    ],
  ])('with %s writes nothing', async (_, more, sentence) => {
    expect(await begin(more)).toBe(sentence);
  });
});

describe('an officer of no place in a ceremony', () => {
  it('without a key file is told how to get one', async () => {
    expect(await said(() => readKeyFile({ keyFile: join(root, 'lost.key') }))).toBe(
      'lost.key: there is no key here. "elekto custody key" makes one; "elekto custody recover" brings one back from its twelve words.',
    );
  });

  it.each([
    [
      'officer-1',
      'this ceremony names another key for officer-1: the key file is an older or newer one. Use the key of officers/officer-1.json as it was when the ceremony began; "elekto custody recover" brings it back from its twelve words.',
    ],
    [
      'zoe',
      'zoe is not an officer of this ceremony; it is of officer-1, officer-2, officer-3. If that is not meant, hold a new ceremony with you: "elekto custody new".',
    ],
  ])('as %s with another key is told whose place it is', async (login, sentence) => {
    expect(await said(() => memberOf(header, { login, key: keyOf(9) }))).toBe(sentence);
  });

  it('whose login was renamed has the place still, by the key', () => {
    expect(memberOf(header, { login: 'renamed', key: keyOf(2) })).toBe(2);
  });
});

describe('elekto custody deal, confirm and ready', () => {
  let text = '';
  const server = createServer((_request, response) => {
    response.end(JSON.stringify({ result: { data: { text, posts: [], elections: [], ready: [1] } } }));
  });
  beforeAll(async () => {
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => void server.close());

  it('leave neither root nor key in memory, refused or not', async () => {
    const here = mkdtempSync(join(root, 'part-'));
    const key = { keyFile: join(here, 'officer.key'), passphraseFile: join(root, 'passphrase') };
    typed.words = phraseOf(1);
    await recover({ login: 'officer-1', elections: root, board: BOARD, ...key });
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${String(port)}`;
    keepToken(join(root, 'token'), origin, 'a token');
    const flags = { ...key, board: BOARD, tokenFile: join(root, 'token'), server: origin };
    text = writeTranscript({ header, posts: [] });
    expect(await leftBy(() => takePart('deal', flags))).toEqual([]);
    text = FINISHED;
    expect(await leftBy(() => sayReady(KEY, flags))).toEqual([]);
    text = '{}';
    expect(await leftBy(() => takePart('confirm', flags)), 'refused').toEqual([]);
  });
});

describe('elekto custody alive', () => {
  const { repository, sourceCommit, manifest } = openElection();
  /** What was sent to the server. */
  const sent: string[] = [];
  let shown = '';
  const server = createServer((request, response) => {
    sent.push(`${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`);
    response.end(JSON.stringify({ result: { data: shown } }));
  });
  beforeAll(async () => {
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    server.close();
    repository.remove();
  });

  it('answers no ballot that a server shows as what the share is to be shown for', async () => {
    const here = mkdtempSync(join(root, 'alive-'));
    const flags = { keyFile: join(here, 'officer.key'), passphraseFile: join(root, 'passphrase') };
    typed.words = phraseOf(1);
    await recover({ login: 'officer-1', elections: root, board: BOARD, ...flags });
    const alive = (challenge: string): Promise<string> => {
      shown = challenge;
      const { port } = server.address() as AddressInfo;
      const place = { repository: repository.dir, branch: 'main', electionsDir: 'elections' };
      const signedIn = { server: `http://127.0.0.1:${String(port)}`, tokenFile: join(root, 'token') };
      keepToken(signedIn.tokenFile, signedIn.server, 'a token');
      return said(() => sayAlive(KEY, { ...flags, ...place, ...signedIn }));
    };
    const [ballot] = sealed(manifest, [[1, 2]]);
    const record = toBase64Url(ballot?.record ?? new Uint8Array());
    // The first point of a ballot begins behind suite, handle and tag.
    const point = toBase64Url((ballot?.record ?? new Uint8Array()).slice(49, 49 + 32));
    expect(await alive(record)).toBe(
      `Manifest, the server: what the ballots are said to be sealed for is no manifest of officers. ${DO_NOTHING}`,
    );
    expect(await alive(canonicalJson({ ...manifest, publicKey: point }))).toBe(
      `Manifest, the server: it says something else than the files of the repository at commit ${sourceCommit.slice(0, 12)}: other candidates, rules, officers or another key. ${DO_NOTHING}`,
    );
    expect(new Set(sent)).toEqual(new Set(['GET /trpc/board.manifest']));
    // The same officer does show it for what the repository says.
    await alive(canonicalJson(manifest));
    expect(sent.at(-1)).toBe('POST /trpc/custody.alive');
  });
});
