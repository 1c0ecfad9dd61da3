import { finishedKey, headerJson, readHeader, writeTranscript } from '@elekto/custody/ceremony';
import { keyOf, must, runCeremony } from '@elekto/custody/testing';
import { toBase64Url, toHex } from '@elekto/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintTree } from '../lint/lint.ts';
import { opens } from '../opens.ts';
import { readTree } from '../tree/read-tree.ts';
import { readBoard } from './read-board.ts';
import { boxLine, readBoxes } from './read-boxes.ts';
import { readOfficerKeys } from './read-officer-keys.ts';
import { custodyTree, officerFile, type Changes } from './testing.ts';

const whole = await custodyTree(3, 2);
const { header, posts, withHeader, yaml: YAML, finished: FINISHED, opensAt: START } = whole;
const DAY = 86_400_000;
const forRehearsals = must(readHeader({ ...headerJson(header), kind: 'rehearsal' }));
const REHEARSAL = writeTranscript({
  header: forRehearsals,
  posts: await runCeremony(forRehearsals, [1, 2, 3].map(keyOf)),
});

function read(more: Changes = {}, before = 30 * DAY) {
  const files = whole.filesWith(more);
  const tree = readTree('elections', files);
  const linted = lintTree('elections', files, { now: START - before });
  const all = (of: typeof tree) => [...of.diagnostics, ...of.elections.flatMap((one) => one.diagnostics)];
  const said = all(linted).map(({ severity, code }) => `${severity} ${code}`);
  return { tree, election: tree.elections[0]?.election, said, diagnostics: all(linted) };
}

describe('an election in the custody of officers', () => {
  it('has the board that the ceremony of its file gave', () => {
    const { election, said } = read();
    const key = must(finishedKey(header, posts));
    expect(election?.custody?.board).toMatchObject({
      kind: 'election',
      threshold: 2,
      until: '2027-12-31',
      publicKey: toBase64Url(key.electionKey.toBytes()),
      transcriptHash: toHex(key.transcriptHash),
    });
    expect(election?.custody?.board?.officers.map(({ login, position }) => [login, position])).toEqual([
      ['officer-1', 1],
      ['officer-2', 2],
      ['officer-3', 3],
    ]);
    expect(new Set(election?.custody?.board?.officers.map(({ verification }) => verification)).size).toBe(3);
    expect(said).toEqual([]);
    expect(opens(election as never).waiting).toBeNull();
  });

  it('does not open before the ceremony is finished', () => {
    const { election, said } = read({ 'keys/2026.json': writeTranscript({ header, posts: [] }) });
    expect(election?.custody).toEqual({ file: 'keys/2026.json', board: null });
    expect(opens(election as never).waiting).toBe('custody-not-ready');
    expect(said).toEqual(['info custody-unfinished', 'warning custody-not-ready']);
    const half = read({ 'keys/2026.json': writeTranscript({ header, posts: posts.slice(0, 5) }) });
    expect(half.diagnostics[0]?.message).toContain('officer-3');
  });

  it('is told that there is no time left for a ceremony, and has an error once it should be open', () => {
    const unfinished = { 'keys/2026.json': writeTranscript({ header, posts: [] }) };
    expect(read(unfinished, 6 * DAY).said).toContain('warning custody-no-time');
    expect(read(unfinished, DAY).said).toContain('error custody-no-time');
    expect(read(unfinished, 8 * DAY).said).not.toContain('warning custody-no-time');
    expect(read(unfinished, -DAY).said).toContain('error custody-not-ready');
    expect(read({}, DAY).said).not.toContain('error custody-no-time');
  });

  it.each([
    ['a threshold of 1', withHeader({ threshold: 1 }), 'custody-threshold'],
    ['half as the threshold', withHeader({ threshold: 1.5 }), 'custody-transcript'],
    [
      'two officers',
      withHeader({
        officers: headerJson(header)['officers'] && (headerJson(header)['officers'] as []).slice(0, 2),
      }),
      'custody-few-officers',
    ],
    ['no date', withHeader({ until: 'some day' }), 'custody-header'],
    ['another format', '{}', 'custody-transcript'],
    ['no JSON', 'header: {}', 'custody-transcript'],
    [
      'a transcript edited in git',
      FINISHED.replace('"until": "2027-12-31"', '"until": "2028-12-31"'),
      'custody-transcript',
    ],
    [
      'a post that was cut out',
      writeTranscript({ header, posts: [...posts, ...posts.slice(0, 1)] }),
      'custody-transcript',
    ],
  ])('with a file of %s says so and waits', (_, text, code) => {
    const { election, said, diagnostics } = read({ 'keys/2026.json': text });
    expect(said).toContain(`error ${code}`);
    expect(opens(election as never).waiting).toBe('custody-not-ready');
    expect(diagnostics.find((each) => each.code === code)).toMatchObject({
      file: 'elections/keys/2026.json',
    });
    expect(diagnostics.every(({ hint }) => hint !== '')).toBe(true);
  });

  it.each([
    ['names a file that is not there', { 'keys/2026.json': null }, 'error custody-missing'],
    [
      'opens after the last day of the key',
      { 'x/election.yaml': YAML.replaceAll('2027-', '2029-') },
      'error custody-until',
    ],
    [
      'lost an officer, so that two of two would be needed',
      { 'x/election.yaml': YAML.replace(', officer-3', '') },
      'error custody-too-few',
    ],
    ['has a key for rehearsals', { 'keys/2026.json': REHEARSAL }, 'error custody-rehearsal'],
  ])('that %s waits', (_, more, line) => {
    const { election, said } = read(more);
    expect(said).toContain(line);
    expect(opens(election as never).waiting).toBe('custody-not-ready');
  });

  it('names an officer who was removed after the ceremony', () => {
    const { said, diagnostics } = read({ 'x/election.yaml': YAML.replace('officer-2', 'somebody') });
    expect(said).toContain('warning custody-officer-gone');
    expect(diagnostics.find(({ code }) => code === 'custody-officer-gone')?.message).toContain('officer-2');
  });

  it('knows an officer whose login was renamed by the keys', () => {
    const { election, said } = read({
      'x/election.yaml': YAML.replace('officer-2', 'renamed'),
      'officers/officer-2.json': null,
      'officers/renamed.json': officerFile(2, 'renamed'),
    });
    expect(said).toContain('info custody-officer-renamed');
    expect(election?.custody?.board).not.toBeNull();
  });

  it('counts an officer with a new key as one whose share is lost', () => {
    const { said } = read({ 'officers/officer-2.json': officerFile(9, 'officer-2') });
    expect(said).toContain('warning custody-officer-key');
    expect(said).toContain('error custody-too-few');
  });

  it.each([
    ['nobody of it has published keys', [1, 2, 3]],
    ['one of three has not', [2]],
  ])(
    'does not open with a whole key of a file where %s: anybody could have made those keys',
    (_, numbers) => {
      const none = Object.fromEntries(numbers.map((n) => [`officers/officer-${n}.json`, null]));
      const { election, said } = read(none);
      expect(said).toEqual([
        ...numbers.map(() => 'warning custody-officer-unpublished'),
        'error custody-too-few',
        'warning custody-not-ready',
      ]);
      expect(opens(election as never).waiting).toBe('custody-not-ready');
    },
  );

  it('takes nobody for the owner of keys that somebody published who is no officer', () => {
    const more = { 'officers/officer-2.json': null, 'officers/mallory.json': officerFile(2, 'mallory') };
    const { election, said } = read(more);
    expect(said).toContain('warning custody-officer-unpublished');
    expect(opens(election as never).waiting).toBe('custody-not-ready');
  });

  it('knows who was renamed also while the old login is an officer still', () => {
    const { election, said } = read({
      'x/election.yaml': YAML.replace('officer-2', 'officer-2, renamed'),
      'officers/officer-2.json': null,
      'officers/renamed.json': officerFile(2, 'renamed'),
    });
    expect(said).toEqual(['info custody-officer-renamed']);
    expect(opens(election as never).waiting).toBeNull();
  });

  it('does not open while a candidate holds a share, under an old login too, unless they withdrew', () => {
    const file = (login: string, more = ''): Changes => ({
      'x/candidate-b.md': `---\nname: Bea\nID: ${login}\n${more}---\nBio\n`,
    });
    const renamed: Changes = {
      'x/election.yaml': YAML.replace('officer-2', 'renamed'),
      'officers/officer-2.json': null,
      'officers/renamed.json': officerFile(2, 'renamed'),
    };
    for (const more of [file('Officer-2'), { ...renamed, ...file('Renamed') }]) {
      const { election, said } = read(more);
      expect(said).toContain('error custody-candidate');
      expect(opens(election as never).waiting).toBe('custody-not-ready');
    }
    for (const more of [file('Officer-2', 'withdrawn: true\n'), { ...renamed, ...file('officer-9') }]) {
      const { election, said } = read(more);
      expect(said).not.toContain('error custody-candidate');
      expect(opens(election as never).waiting).toBeNull();
    }
  });

  it.each(['../keys/2026.json', 'keys/../x.json', '/etc/passwd', 'keys/a/b.json', 'keys/.json', '[1]'])(
    'cannot name %j',
    (path) => {
      const { election, said } = read({ 'x/election.yaml': YAML.replace('keys/2026.json', path) });
      expect(said).toContain('error custody-invalid');
      expect(election).toBeNull();
    },
  );

  it('is the server’s own without the field, or with the word server', () => {
    for (const line of ['', 'custody: server\n'])
      expect(
        read({ 'x/election.yaml': YAML.replace('custody: keys/2026.json\n', line) }).election,
      ).not.toHaveProperty('custody');
  });
});

describe('the file of an officer', () => {
  it('is read with the two public keys', () => {
    expect(read().tree.custody.officers.map(({ login }) => login)).toEqual([
      'officer-1',
      'officer-2',
      'officer-3',
    ]);
  });

  it.each([
    ['no JSON', 'officers/a.json', 'x', 'officer-keys-invalid'],
    [
      'a field more',
      'officers/officer-1.json',
      officerFile(1).replace('{', '{"secret": 1,'),
      'officer-keys-invalid',
    ],
    ['another name', 'officers/bea.json', officerFile(4, 'ada'), 'officer-keys-name'],
    ['the keys of somebody else', 'officers/zoe.json', officerFile(1, 'zoe'), 'officer-keys-twice'],
  ])('with %s is left out with a word', (_, path, text, code) => {
    const { tree, said } = read({ [path]: text });
    expect(said).toContain(`error ${code}`);
    expect(tree.custody.officers.some(({ path: of }) => of === `elections/${path}`)).toBe(false);
  });
});

describe('the box that stands on the branch', () => {
  const [one, two] = ['a'.repeat(64), 'b'.repeat(64)];
  const run = 'c'.repeat(64);
  const withBox = (text: string, yaml = YAML) => read({ 'x/box.txt': text, 'x/election.yaml': yaml });

  it('is read line by line, one for each run', () => {
    const { election, said } = withBox(`sha256:${one} ${run}\n\nsha256:${two} ${'d'.repeat(64)}\r\n`);
    expect(election?.boxes).toEqual([
      { hash: one, manifestHash: run },
      { hash: two, manifestHash: 'd'.repeat(64) },
    ]);
    expect(said).toEqual([]);
    expect(boxLine({ hash: one, manifestHash: run })).toBe(`sha256:${one} ${run}`);
    expect(read().election).not.toHaveProperty('boxes');
  });

  it.each([
    ['two of one run', `sha256:${one} ${run}\nsha256:${two} ${run}\n`, 'error box-twice', 2],
    ['another form', `sha256:${one}\n`, 'error box-line-invalid', 0],
    ['capitals', `sha256:${one.toUpperCase()} ${run}`, 'error box-line-invalid', 0],
    ['nothing', '\n', 'error box-line-invalid', 0],
    ['one box twice', `sha256:${one} ${run}\nsha256:${one} ${run}\n`, undefined, 1],
  ])('with %s is told, and officers see what is there', (_, text, code, boxes) => {
    const { election, said } = withBox(text);
    expect(said.find((each) => each.includes('box-'))).toBe(code);
    expect(election?.boxes).toHaveLength(boxes);
  });

  it('has no place where the server keeps the key', () => {
    const yaml = YAML.replace('custody: keys/2026.json\n', '');
    expect(withBox(`sha256:${one} ${run}`, yaml).said).toContain('warning box-without-custody');
  });

  it('is open to inspection for as long as election.yaml says', () => {
    const hours = (value: string) => read({ 'x/election.yaml': `${YAML}inspection_hours: ${value}\n` });
    expect(hours('48').election?.inspection).toBe(48 * 3_600_000);
    expect(read().election).not.toHaveProperty('inspection');
    expect(hours('3').said).toContain('warning inspection-short');
    for (const value of ['a day', '-1', '169', '1.5']) {
      expect(hours(value).said).toContain('error inspection-invalid');
      expect(hours(value).election).not.toHaveProperty('inspection');
    }
  });
});

describe('what somebody else wrote into the repository', () => {
  const CODES = /^(?:file|box|custody|officer)-/;
  const odd = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.json({ maxDepth: 3 }),
    // The real files with a piece cut out, doubled or put in.
    fc
      .tuple(
        fc.constantFrom(
          FINISHED,
          officerFile(1),
          `${boxLine({ hash: 'a'.repeat(64), manifestHash: 'b'.repeat(64) })}\n`,
        ),
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.string({ maxLength: 6 }),
      )
      .map(([text, at, length, put]) => {
        const from = at % text.length;
        return text.slice(0, from) + put + text.slice(from + length);
      }),
  );

  it('as a custody file, an officer\u2019s keys or box.txt is read without an exception, or told in words with a hint', () => {
    fc.assert(
      fc.property(odd, (text) => {
        const board = readBoard('keys/x.json', { path: 'elections/keys/x.json', text });
        const keys = readOfficerKeys({ path: 'elections/officers/officer-1.json', text });
        const boxes = readBoxes({ path: 'box.txt', text });
        const said = [...board.diagnostics, ...keys.report.diagnostics, ...boxes.report.diagnostics];
        for (const { code, message, hint } of said) {
          expect(code).toMatch(CODES);
          expect(message).not.toBe('');
          expect(hint).not.toBe('');
        }
        // Whatever is taken, nothing is taken in silence that is no key of a whole ceremony.
        if (board.board !== null) expect(JSON.parse(text)).toEqual(JSON.parse(FINISHED));
        else expect(board.diagnostics).not.toEqual([]);
        expect(keys.keys === null).toBe(keys.report.hasErrors);
        for (const { hash, manifestHash } of boxes.boxes)
          expect(`${hash}${manifestHash}`).toMatch(/^[0-9a-f]{128}$/);
      }),
      { numRuns: 150 },
    );
  });
});
