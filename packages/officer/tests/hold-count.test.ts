import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { hashRecord, readFile, verifyBoard } from '@elekto/custody';
import { keyOf } from '@elekto/custody/testing';
import { hashManifest } from '@elekto/protocol/manifest';
import { type GitServer, startGitServer } from '@elekto/testing';
import { canonicalJson } from '@elekto/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decideTie,
  holdCount,
  lookAtCount,
  OfficerMemory,
  openDecision,
  openDesk,
  takeBackVoid,
  voidRun,
} from '../src/index.ts';
import {
  BOX_FILE,
  boxOf,
  ENDS,
  endingAt,
  forgedTie,
  hashOf,
  HOUR,
  KEY,
  keys,
  lineOf,
  must,
  openElection,
  pin,
  type Repository,
  sealed,
  Shown,
  transcript,
  visitOf,
} from './world.ts';

const AFTER = ENDS + 30 * HOUR;
const codeOf = (result: Awaited<ReturnType<typeof holdCount>>): string =>
  result.ok ? `ok ${result.value?.against?.code ?? '-'}` : result.error.code;
const sentenceOf = (result: Awaited<ReturnType<typeof holdCount>>): string =>
  result.ok ? (result.value?.against?.message ?? '-') : result.error.message;

let homes: string;
let git: GitServer;
let repositories: Repository[] = [];
const home = (name: string): string => join(homes, name);
/** An election and the box of its three ballots. */
function ended() {
  const { repository, manifest, sourceCommit } = openElection();
  repositories.push(repository);
  const ballots = sealed(manifest, [
    [1, 2],
    [2, 1],
    [1, 0],
  ]);
  return { repository, manifest, sourceCommit, ballots, box: boxOf(manifest, ballots) };
}

/** One whose box stands on the branch since an hour after the end. */
function closed() {
  const election = ended();
  election.repository.commit({ [BOX_FILE]: lineOf(election.manifest, election.box) }, ENDS + HOUR);
  return election;
}

beforeAll(async () => {
  homes = mkdtempSync(join(memoryPlace(), 'elekto-homes-'));
  git = await startGitServer();
});
afterAll(async () => {
  await git.close();
  for (const repository of repositories) repository.remove();
  repositories = [];
  rmSync(homes, { recursive: true, force: true });
});

describe('a count by officers', () => {
  it('is held in three visits, each remembered on the disk before it is posted', async () => {
    const { repository, manifest, box } = closed();
    const server = new Shown(box);
    const seen: string[] = [];
    server.onPost = () => seen.push(readFileSync(home('one'), 'utf8'));
    const visit = async (position: number, name: string) =>
      must(await holdCount(KEY, await visitOf(position, repository, server, AFTER, home(name))));
    expect(await visit(1, 'one')).toMatchObject({ mixers: [1], decrypted: [], due: 'wait', own: 1 });
    server.onPost = () => undefined;
    expect(seen).toEqual([expect.stringContaining(hashOf(box))]);
    expect(await visit(2, 'two')).toMatchObject({ mixers: [1, 2], decrypted: [2], due: 'wait' });
    expect(await visit(1, 'one')).toMatchObject({ decrypted: [1, 2], due: 'counted' });
    expect(await visit(3, 'three')).toMatchObject({ due: 'counted', against: null });
    const of = (kind: string) => [...server.all.values()].filter((bytes) => readFile(bytes)?.kind === kind);
    const lines: string[] = [];
    for await (const line of verifyBoard({
      ...{ transcript, manifest: canonicalJson(manifest), electors: 4, box },
      ...{ mixes: of('mix'), decryptions: of('decrypt') },
    }))
      lines.push(line.ok ? line.step.code : line.error.message);
    expect(lines.at(-1)).toBe('combined');
  });

  it('goes on where somebody left the roll after they had voted, and ends at more ballots than people who ever were on it', async () => {
    const rows = [1, 2, 1, 2, 1].map((first) => [first, 3 - first]);
    const gone = { [`elections/${KEY}/voters.yaml`]: 'eligible_voters:\n  - ada\n' };
    const lookAt = async (ballots: number): Promise<string> => {
      const { repository, manifest } = openElection();
      repositories.push(repository);
      repository.commit(gone, ENDS - HOUR);
      const box = boxOf(manifest, sealed(manifest, rows.slice(0, ballots)));
      repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
      const visit = await visitOf(1, repository, new Shown(box), AFTER, home(`gone-${ballots}`));
      return codeOf(await lookAtCount(KEY, visit));
    };
    expect([await lookAt(4), await lookAt(5)]).toEqual(['ok -', 'box-electors']);
  });

  it('counts who came to the roll while people voted, and nobody who came to it once voting had ended', async () => {
    const rows = [1, 2, 1, 2, 1, 2].map((first) => [first, 3 - first]);
    const names = ['ada', 'bob', 'cy', 'dan', 'gus', 'hal'];
    const rollOf = (some: readonly string[]) => ({
      [`elections/${KEY}/voters.yaml`]: `eligible_voters:\n${some.map((name) => `  - ${name}\n`).join('')}`,
    });
    const lookAt = async (name: string, at: number): Promise<string> => {
      const { repository, manifest } = openElection();
      repositories.push(repository);
      repository.commit(rollOf(names.slice(0, 5)), ENDS - HOUR);
      repository.commit(rollOf(names), at);
      const box = boxOf(manifest, sealed(manifest, rows));
      repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
      return codeOf(await lookAtCount(KEY, await visitOf(1, repository, new Shown(box), AFTER, home(name))));
    };
    expect(await lookAt('in-time', ENDS - 1000)).toBe('ok -');
    expect(await lookAt('late', ENDS + 1000)).toBe('box-electors');
  });

  it('has a tie decided by the same words of two officers, and not before the ballots are open', async () => {
    const { repository, manifest, box } = closed();
    const server = new Shown(box);
    const visit = (position: number) => visitOf(position, repository, server, AFTER, home(`tie-${position}`));
    const words = { winners: ['eve'], how: 'by lot', at: AFTER };
    const own = { ...words, number: 1 };
    expect(await decideTie(KEY, await visit(1), own)).toMatchObject({
      error: { code: 'decryption-too-few' },
    });
    for (const position of [1, 2, 1]) must(await holdCount(KEY, await visit(position)));
    const read = { ...own, as: 'officer-1' };
    expect(await decideTie(KEY, await visit(2), read)).toMatchObject({
      error: { code: 'decision-too-few' },
    });
    const words2 = { ...words, winners: ['fay'] };
    server.put(forgedTie(manifest, server, 1, words2));
    expect(
      await decideTie(KEY, await visit(2), { ...words2, number: 1, as: 'officer-1' }),
      'words that the server made up',
    ).toMatchObject({
      error: { code: 'decision-too-few' },
    });
    expect(must(await decideTie(KEY, await visit(1), own))).toEqual({ said: words, by: 1 });
    server.put(forgedTie(manifest, server, 3, words));
    expect(must(await decideTie(KEY, await visit(2), read))).toEqual({ said: words, by: 2 });
    server.all.delete('4-tie-3');
    const said = [...server.all.values()].flatMap((bytes) => readFile(bytes) ?? []);
    const ties = said.filter(({ kind }) => kind === 'tie').map(({ officer, seq }) => [officer, seq]);
    expect(ties).toEqual([
      [1, 4],
      [2, 4],
    ]);
  });

  it('signs of another officer the words that were read, and nothing once they have signed others', async () => {
    const { repository, box } = closed();
    const server = new Shown(box);
    const visit = (position: number) => visitOf(position, repository, server, AFTER, home(`as-${position}`));
    for (const position of [1, 2, 1]) must(await holdCount(KEY, await visit(position)));
    const eve = { winners: ['eve'], how: 'by lot', at: AFTER };
    const fay = { winners: ['fay'], how: 'by lot', at: AFTER + 1 };
    must(await decideTie(KEY, await visit(1), { ...eve, number: 1 }));
    const first = server.all.get('4-tie-1') ?? new Uint8Array();
    must(await decideTie(KEY, await visit(1), { ...fay, number: 1 }));
    const second = async (read: object) => {
      const signed = await decideTie(KEY, await visit(2), { ...eve, number: 1, as: 'officer-1', ...read });
      return signed.ok ? signed.value : signed.error.message;
    };
    const others = `Tie decision, officer-1: what they have signed by now is not what you have read, but: fay (by lot), said at ${new Date(AFTER + 1).toISOString()}. Nothing was signed by you. Look again, and read theirs.`;
    expect(await second({})).toBe(others);
    for (const read of [{ winners: ['eve'] }, { how: 'by age' }, { winners: ['eve', 'fay'] }, { at: AFTER }])
      expect(await second({ ...fay, ...read })).toBe(others);
    server.all.set('older', first);
    const both =
      'Tie decision, the server: it shows two different ones that officer-1 has signed, where it keeps the last one alone. Nothing was signed by you. Ask officer-1 which one holds, and say it in words of your own, which they then sign.';
    expect([await second({}), await second(fay)]).toEqual([both, both]);
    expect([...server.all.keys()].filter((name) => name.endsWith('-tie-2'))).toEqual([]);
    server.all.delete('older');
    expect(await second({ winners: ['fay'], at: undefined })).toEqual({ said: fay, by: 2 });
  });

  it('signs nothing as another decision of the count than the one that was read, whatever the server hides', async () => {
    const { repository, box } = closed();
    const server = new Shown(box);
    const visit = (position: number) =>
      visitOf(position, repository, server, AFTER, home(`number-${position}`));
    for (const position of [1, 2, 1]) must(await holdCount(KEY, await visit(position)));
    const eve = { winners: ['eve'], how: 'by lot', at: AFTER };
    const fay = { winners: ['fay'], how: 'by age', at: AFTER + 1 };
    for (const position of [1, 2]) must(await decideTie(KEY, await visit(position), { ...eve, number: 1 }));
    const look = must(await lookAtCount(KEY, await visit(1)));
    expect(look && openDecision(look).number).toBe(2);
    const said = async (words: object) => {
      const signed = await decideTie(KEY, await visit(1), { ...fay, number: 2, ...words });
      return signed.ok ? signed.value : signed.error.message;
    };
    const sequences = () =>
      [...server.all.values()]
        .flatMap((bytes) => readFile(bytes) ?? [])
        .flatMap(({ kind, seq }) => (kind === 'tie' ? [seq] : []));
    expect(await said({ number: 1 })).toBe(
      'Tie decision, the officers: what is open is decision 2 of this count, and what you have read is decision 1: others were signed meanwhile. Nothing was signed by you. Look again.',
    );
    const all = new Map(server.all);
    for (const name of all.keys()) if (name.includes('-tie-')) server.all.delete(name);
    const hidden =
      'Tie decision, the server: what is open is decision 1 of this count, and what you have read is decision 2: what decided the ones before is not shown. Nothing was signed by you. Look again, and if you know of more decisions, tell the others.';
    expect([await said({}), await said({ as: 'officer-2' })]).toEqual([hidden, hidden]);
    expect(sequences()).toEqual([]);
    for (const [name, bytes] of all) server.all.set(name, bytes);
    expect(await said({})).toEqual({ said: fay, by: 1 });
    expect(sequences()).toEqual([4, 4, 5]);
  });

  it('says what is due, whose turn it is and until when the box is open to inspection, and then does nothing', async () => {
    const { repository, box } = closed();
    const server = new Shown(box);
    const visit = await visitOf(1, repository, server, ENDS + 2 * HOUR, home('early'));
    const early = await holdCount(KEY, visit);
    expect(codeOf(early)).toBe('ok act-inspection');
    expect(early.ok && early.value).toMatchObject({ due: 'mix', inspectedAt: ENDS + 25 * HOUR, ballots: 3 });
    expect(server.all.size).toBe(1);
    expect(must(await lookAtCount(KEY, { ...visit, server: new Shown(null) }))).toBeNull();
  });

  it('has its box open to inspection from the merge on, however old who proposed it made their commit', async () => {
    const { repository, manifest, ballots } = closed();
    const box = boxOf(manifest, ballots.slice(1));
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.git('checkout', '--quiet', '-b', 'proposal');
    repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + 1000);
    repository.git('checkout', '--quiet', 'main');
    repository.merge('proposal', AFTER - HOUR);
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('backdated'));
    const found = await holdCount(KEY, visit);
    expect(codeOf(found)).toBe('ok act-inspection');
    expect(found.ok && found.value).toMatchObject({
      onBranchSince: AFTER - HOUR,
      inspectedAt: AFTER + 23 * HOUR,
    });
  });

  it.each([
    ['as long as at the opening, whatever a shorter one is written later', 0, 24],
    ['longer where that is written later', 48, 48],
  ])('has its box open to inspection %s', async (_, hours, open) => {
    const { repository, box } = closed();
    const [[file, text] = ['', '']] = Object.entries(endingAt(ENDS));
    repository.commit({ [file]: `${text}inspection_hours: ${hours}\n` }, ENDS + 2 * HOUR);
    const visit = await visitOf(1, repository, new Shown(box), ENDS + 2 * HOUR, home(`inspection-${hours}`));
    const found = await holdCount(KEY, visit);
    expect(codeOf(found)).toBe('ok act-inspection');
    expect(found.ok && found.value).toMatchObject({ inspectedAt: ENDS + (1 + open) * HOUR });
  });

  it.each([
    ['none', []],
    ['another one than the ceremony\u2019s', [keyOf(9)]],
  ])('tells a computer whose key was lost that it is not here, and not to wait: %s', async (_, own) => {
    const { repository, manifest, ballots, box } = closed();
    const server = new Shown(box);
    const look = async (now: number, of = server) => {
      const visit = await visitOf(1, repository, of, now, home(`lost-${own.length}`));
      return holdCount(KEY, { ...visit, desk: openDesk(own, () => undefined) });
    };
    const lost =
      'Count, this computer: no key of this computer holds a share of this election. Shares are held by officer-1, officer-2, officer-3.';
    expect(await look(ENDS - HOUR).then(codeOf)).toBe('ok act-before-end');
    for (const now of [ENDS + 2 * HOUR, AFTER]) {
      const found = await look(now);
      expect([codeOf(found), sentenceOf(found)]).toEqual(['ok act-key', lost]);
      expect(found.ok && found.value).toMatchObject({ own: null, due: 'wait', ballots: 3 });
    }
    expect(server.all.size).toBe(1);
    const other = new Shown(boxOf(manifest, ballots.slice(1)));
    expect(codeOf(await look(AFTER, other)), 'what is wrong with the box is said first').toBe(
      'ok act-two-boxes',
    );
    for (const position of [1, 2, 1])
      must(
        await holdCount(
          KEY,
          await visitOf(position, repository, server, AFTER, home(`held-${own.length}-${position}`)),
        ),
      );
    expect(codeOf(await look(AFTER)), 'nobody\u2019s key is needed any more').toBe('ok -');
  });

  it('shows a box that is not on the branch yet to who holds no key, as proposing it takes none', async () => {
    const { repository, manifest } = openElection();
    repositories.push(repository);
    const box = boxOf(manifest, sealed(manifest, [[1, 2]]));
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('onlooker'));
    const found = await lookAtCount(KEY, { ...visit, desk: openDesk([], () => undefined) });
    expect(codeOf(found)).toBe('ok act-not-on-branch');
  });

  it('needs no mix of an empty box', async () => {
    const { repository, manifest } = closed();
    const box = boxOf(manifest, []);
    repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR, '--amend');
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('empty'));
    expect(must(await holdCount(KEY, visit))).toMatchObject({ ballots: 0, due: 'counted' });
  });

  it('looks again when somebody else was first', async () => {
    const { repository, box } = closed();
    const server = new Shown(box);
    const other = await visitOf(2, repository, server, AFTER, home('first'));
    const slow = new Shown(box);
    slow.onPost = () => undefined;
    let turns = 0;
    const visit = await visitOf(1, repository, slow, AFTER, home('second'));
    slow.onPost = () => {
      turns += 1;
      if (turns > 1) return;
      for (const bytes of server.all.values()) slow.put(bytes);
      throw new Error('it does not start from the file before it');
    };
    must(await holdCount(KEY, other));
    expect(must(await holdCount(KEY, visit))).toMatchObject({ mixers: [2, 1], decrypted: [1] });
    const stubborn = new Shown(box);
    stubborn.onPost = () => {
      throw new Error('no server answers');
    };
    await expect(
      holdCount(KEY, await visitOf(1, repository, stubborn, AFTER, home('third'))),
    ).rejects.toThrow('no server answers');
  });

  it('does one step alone where the officer wants that', async () => {
    const { repository, box } = closed();
    const server = new Shown(box);
    const visit = async (position: number, only: 'mix' | 'decrypt') =>
      must(
        await holdCount(
          KEY,
          await visitOf(position, repository, server, AFTER, home(`only-${position}`)),
          only,
        ),
      );
    expect(await visit(1, 'decrypt')).toMatchObject({ mixers: [], due: 'mix' });
    expect(await visit(1, 'mix')).toMatchObject({ mixers: [1] });
    expect(await visit(2, 'mix')).toMatchObject({ mixers: [1, 2], decrypted: [], due: 'decrypt' });
    expect(await visit(2, 'decrypt')).toMatchObject({ decrypted: [2] });
  });
});

describe('two boxes that differ in one ballot', () => {
  it('are seen by each honest officer: the second stands on no branch', async () => {
    const { repository, manifest, ballots, box } = closed();
    const other = boxOf(manifest, ballots.slice(1));
    must(await holdCount(KEY, await visitOf(1, repository, new Shown(box), AFTER, home('a'))));
    const second = await holdCount(KEY, await visitOf(2, repository, new Shown(other), AFTER, home('b')));
    expect(sentenceOf(second)).toBe(
      'Box, the server: another box of this election stands on the branch, or stood there.',
    );
    const both = new Shown(box);
    both.all.set('again', other);
    expect(codeOf(await holdCount(KEY, await visitOf(2, repository, both, AFTER, home('b'))))).toBe(
      'act-two-boxes',
    );
  });

  it('are seen when the second replaces the first on the branch, also after a recovery', async () => {
    const { repository, manifest, ballots, box } = closed();
    const other = boxOf(manifest, ballots.slice(1));
    must(await holdCount(KEY, await visitOf(1, repository, new Shown(box), AFTER, home('c'))));
    repository.commit({ [BOX_FILE]: lineOf(manifest, other) }, ENDS + 3 * HOUR);
    for (const name of ['c', 'c, recovered on another computer']) {
      const visit = await visitOf(1, repository, new Shown(other), AFTER, home(name));
      expect(sentenceOf(await holdCount(KEY, visit))).toBe(
        'Box, the server: another box of this election stands on the branch, or stood there.',
      );
    }
  });

  it('are told apart by memory alone where history was replaced, and that is said first', async () => {
    const { repository, manifest, ballots, box } = closed();
    const other = boxOf(manifest, ballots.slice(1));
    const server = new Shown(box);
    must(await holdCount(KEY, await visitOf(1, repository, server, AFTER, home('d'))));
    repository.commit({ [BOX_FILE]: lineOf(manifest, other) }, ENDS + HOUR, '--amend');
    const visit = await visitOf(1, repository, new Shown(other), AFTER, home('d'));
    expect(sentenceOf(await holdCount(KEY, visit))).toBe(
      'Box, whoever writes to the repository: the history of the repository was replaced since you last looked.',
    );
    expect(await visit.memory.keepBox(KEY, hashManifest(manifest), hashOf(other), false)).toMatchObject({
      error: { code: 'act-other-box' },
    });
  });

  it('are remembered from the board by who comes back on another computer', async () => {
    const { repository, manifest, box } = closed();
    const server = new Shown(box);
    must(await holdCount(KEY, await visitOf(1, repository, server, AFTER, home('e'))));
    must(await lookAtCount(KEY, await visitOf(1, repository, server, AFTER, home('e again'))));
    const memory = must(await OfficerMemory.open(home('e again')));
    expect(memory.boxOf(hashManifest(manifest))).toEqual({ box: hashOf(box), decrypted: false });
  });
});

describe('a box that comes too early', () => {
  it('is not acted on one second before the end that git names', async () => {
    const { repository, box } = closed();
    const visit = await visitOf(1, repository, new Shown(box), ENDS - 1000, home('f'));
    expect(sentenceOf(await holdCount(KEY, visit))).toBe(
      'Box, the server: voting has not ended by the repository and your own clock.',
    );
  });

  it('is not acted on when the end was moved after it', async () => {
    const { repository, box } = closed();
    repository.commit(endingAt(AFTER + HOUR), ENDS + 2 * HOUR);
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('g'));
    expect(codeOf(await holdCount(KEY, visit))).toBe('ok act-before-end');
  });

  it('is not acted on when the commit of its files is in no history', async () => {
    const { repository, manifest, ballots } = closed();
    const strange = { ...manifest, sourceCommit: '0'.repeat(40) };
    const box = boxOf(strange, ballots);
    repository.commit({ [BOX_FILE]: lineOf(strange, box) }, ENDS + HOUR);
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('h'));
    expect(codeOf(await holdCount(KEY, visit))).toBe('act-history');
  });
});

describe('a count whose files name another key since the opening', () => {
  const gone = { 'elections/keys/2026.json': 'nobody has finished this' };
  const other = { 'elections/keys/2027.json': 'another' };
  const named = (custody: string, name = '2026'): string =>
    `The election names ${custody} since the opening, and its ballots are sealed to the key of keys/${name}.json. The count goes on with that key. Whoever may merge writes "custody: keys/${name}.json" into its election.yaml again.`;
  const isGone = expect.stringMatching(
    /^Note: the custody file of these ballots is not in the folder keys any more, .* Whoever may merge brings it back as commit [0-9a-f]{12} has it/,
  ) as string;
  it.each<[string, string, Record<string, string>, string | null]>([
    ['no custody any more', '', {}, named('no custody file')],
    ['a file that is not there', 'custody: keys/2027.json\n', {}, named('keys/2027.json')],
    ['a file of another ceremony', 'custody: keys/2027.json\n', other, named('keys/2027.json')],
    [
      'the file under its new name',
      'custody: keys/b.json\n',
      { ...gone, 'elections/keys/b.json': transcript },
      null,
    ],
    ['the same file, which is gone', 'custody: keys/2026.json\n', gone, isGone],
  ])('goes on by the one that the ballots are sealed to: %s', async (name, custody, files, said) => {
    const { repository, box } = closed();
    repository.commit({ ...files, ...endingAt(ENDS, custody) }, ENDS + 2 * HOUR);
    const server = new Shown(box);
    const visit = async (position: number) =>
      must(
        await holdCount(KEY, await visitOf(position, repository, server, AFTER, home(`${name}-${position}`))),
      );
    expect(await visit(1)).toMatchObject({ mixers: [1], due: 'wait', against: null, note: said });
    expect(await visit(2)).toMatchObject({ mixers: [1, 2], decrypted: [2] });
    expect(await visit(1)).toMatchObject({ decrypted: [1, 2], due: 'counted' });
  });
});

describe('what an officer knows', () => {
  it('is the manifest from the files of its commit, whatever the server says', async () => {
    const { repository, sourceCommit } = closed();
    const forged = pin(sourceCommit, '01', { seats: 2 });
    const box = boxOf(forged, sealed(forged, [[1, 2]]));
    repository.commit({ [BOX_FILE]: lineOf(forged, box) }, ENDS + HOUR);
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('i'));
    expect(sentenceOf(await holdCount(KEY, visit))).toContain('it says something else than the files');
  });

  it('is that no more ballots are in the box than there are electors', async () => {
    const { repository, manifest } = closed();
    const box = boxOf(
      manifest,
      sealed(manifest, [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
    );
    repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('j'));
    expect(codeOf(await holdCount(KEY, visit))).toBe('box-electors');
  });

  it('is the own ballot: in the box, or released, or dropped by the server', async () => {
    const { repository, manifest, ballots, box } = closed();
    const receipt = (recordHash: string) => ({
      ...({ version: 1, election: KEY, signature: '', publicKey: '' } as const),
      ...{ manifestHash: hashManifest(manifest), recordHash },
    });
    const withOwn = async (hash: string) =>
      codeOf(
        await holdCount(KEY, await visitOf(3, repository, new Shown(box), AFTER, home('k'), [receipt(hash)])),
      );
    expect(await withOwn('ab'.repeat(32))).toBe('ok act-own-ballot');
    const own = hashRecord(hashManifest(manifest), ballots[0]?.record ?? new Uint8Array());
    expect(await withOwn(own)).toBe('ok -');
    const damaged = new Shown(box);
    damaged.release = async () => {
      throw new Error('what voters signed is not complete');
    };
    const again = await visitOf(2, repository, damaged, AFTER, home('k2'), [receipt(own)]);
    expect(codeOf(await holdCount(KEY, again)), 'nothing is asked of a ballot that is there').toBe('ok -');
  });

  describe('of a run that officers have voided', () => {
    const reason = 'a candidate was missing';

    /** Officers 1 and 3 void the first run while people vote; the files of both runs come to the branch in the end. */
    async function voidedRun(place: string) {
      const { repository, manifest, sourceCommit, box } = ended();
      const next = pin(sourceCommit, '02');
      const second = boxOf(next, sealed(next, [[1, 2]]));
      const visit = (position: number, shown: Shown, now = AFTER) =>
        visitOf(position, repository, shown, now, home(`${place}-${position}`));
      const voids: Uint8Array[] = [];
      for (const position of [1, 3]) {
        const at = await visit(position, new Shown(null), ENDS - HOUR);
        const mine = keys.slice(position - 1, position);
        voids.push(must(await voidRun(KEY, canonicalJson(manifest), reason, mine, at)));
      }
      return { repository, manifest, box, next, second, voids, visit };
    }

    it('is nothing for who voided it, unless they take that back, and the next run is counted', async () => {
      const { repository, manifest, box, next, second, voids, visit } = await voidedRun('voided');
      repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
      const server = new Shown(box);
      const said = await holdCount(KEY, await visit(1, server));
      expect(codeOf(said)).toBe('ok act-voided');
      expect(sentenceOf(said)).toBe(
        'Void, the server: you have signed that these ballots are void, and it closed their box all the same. If too few officers signed that, take it back, and they are counted.',
      );
      expect([...server.all.keys()]).toEqual(['0-box-0']);
      // Officer 2 signed nothing.
      expect(must(await holdCount(KEY, await visit(2, server)))).toMatchObject({
        mixers: [2],
        against: null,
      });
      const taken = await takeBackVoid(KEY, await visit(1, server));
      expect(must(taken)).toMatchObject({ against: null, due: 'mix' });
      expect(must(await holdCount(KEY, await visit(1, server)))).toMatchObject({ mixers: [2, 1] });

      const other = await voidedRun('voided-2');
      other.repository.commit({ [BOX_FILE]: lineOf(next, second) }, ENDS + HOUR);
      const shown = new Shown(second, voids);
      for (const position of [1, 3, 1]) must(await holdCount(KEY, await other.visit(position, shown)));
      expect(must(await lookAtCount(KEY, await other.visit(2, shown)))).toMatchObject({ due: 'counted' });
    });

    it('is never one of two that are opened: nobody opens the next one once its box stood on the branch', async () => {
      const { repository, manifest, box, next, second, voids, visit } = await voidedRun('two-runs');
      repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
      repository.commit({ [BOX_FILE]: lineOf(next, second) }, ENDS + 2 * HOUR);
      for (const position of [1, 2, 3])
        expect(codeOf(await holdCount(KEY, await visit(position, new Shown(second, voids))))).toBe(
          'ok act-two-boxes',
        );
    });
  });

  it('is what was done in an earlier run whose box was taken out of the files before the next one began', async () => {
    const { repository, manifest, box } = closed();
    const server = new Shown(box);
    const names = ['first run', 'first run, other officer'] as const;
    // The first officer mixes and decrypts; the other one only looks, and so has seen the first run.
    for (const position of [1, 2, 1] as const)
      must(
        await holdCount(KEY, await visitOf(position, repository, server, AFTER, home(names[0] + position))),
      );
    must(await lookAtCount(KEY, await visitOf(3, repository, server, AFTER, home(names[1]))));
    const later = AFTER + 48 * HOUR;
    const commit = repository.commit({ [BOX_FILE]: '', ...endingAt(later) }, AFTER + HOUR);
    const next = pin(commit, '02');
    const second = boxOf(next, sealed(next, [[1, 2]]));
    repository.commit({ [BOX_FILE]: lineOf(next, second) }, later + HOUR);
    const visit = (position: number, name: string) =>
      visitOf(position, repository, new Shown(second), later + 30 * HOUR, home(name));
    const done = await holdCount(KEY, await visit(1, `${names[0]}1`));
    expect(codeOf(done)).toBe('ok act-two-boxes');
    expect(codeOf(await holdCount(KEY, await visit(3, names[1])))).toBe('ok act-two-boxes');

    // The memory of an older version has the box without its election.
    const acted = { [hashManifest(manifest)]: { box: hashOf(box), decrypted: true } };
    const old = { version: 1, repository: null, head: null, boxes: acted };
    writeFileSync(home('older'), JSON.stringify(old));
    const migrated = await holdCount(KEY, await visit(1, 'older'));
    expect(codeOf(migrated)).toBe('ok act-two-boxes');
  });

  describe.each(['local', 'remote'])('of a first run whose box left a %s branch', (where) => {
    /** The first run was decrypted; then its line was taken out, the file of the key renamed, and the end moved. */
    async function heldTwice() {
      const { repository, sourceCommit, box } = closed();
      const place = `${where}-${repositories.length}`;
      const server = new Shown(box);
      for (const position of [1, 2, 1])
        must(
          await holdCount(
            KEY,
            await visitOf(position, repository, server, AFTER, home(`${place}-${position}`)),
          ),
        );
      const later = AFTER + 48 * HOUR;
      repository.git('mv', 'elections/keys/2026.json', 'elections/keys/board.json');
      const commit = repository.commit(
        { [BOX_FILE]: '', ...endingAt(later, 'custody: keys/board.json\n') },
        AFTER + HOUR,
      );
      const next = pin(commit, '02');
      const second = boxOf(next, sealed(next, [[1, 2]]));
      repository.commit({ [BOX_FILE]: lineOf(next, second) }, later + HOUR);
      const away = where === 'remote' ? await git.createRepository(place) : null;
      if (away !== null) repository.git('push', '--quiet', away.bareDir, 'HEAD:main');
      const source = away?.url ?? repository.dir;
      const visit = async (name: string) => ({
        ...(await visitOf(3, repository, new Shown(second), later + 30 * HOUR, name)),
        repository: { source, branch: 'main', folder: 'elections' },
        access: { cacheDir: `${name}-copy` },
      });
      return { sourceCommit, commit, memory: home(`${place}-3`), visit };
    }

    it('is seen by a computer that remembers nothing, at every look, and no other run is opened', async () => {
      const { sourceCommit, memory, visit } = await heldTwice();
      for (const time of ['once', 'and again']) {
        const said = await holdCount(KEY, await visit(memory));
        expect(sentenceOf(said), time).toBe(
          'Box, the server: another box of this election stands on the branch, or stood there.',
        );
      }
      expect((await visit(memory)).memory.firstSeen(KEY)).toBe(sourceCommit);
    });

    it('is seen by the memory of an older version, which knows the second run alone', async () => {
      const { commit, memory, visit } = await heldTwice();
      const seen = { version: 2, repository: null, head: null, firstSeen: { [KEY]: commit }, boxes: {} };
      writeFileSync(memory, JSON.stringify(seen));
      expect(codeOf(await holdCount(KEY, await visit(memory)))).toBe('ok act-two-boxes');
    });
  });

  it('is nothing where the history cannot be had that it has to look through, and that is said', async () => {
    const { repository, box } = closed();
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('cut'));
    repository.git('clone', '--quiet', '--depth', '1', `file://${repository.dir}`, home('shallow'));
    const looked = async (source: string, name: string) =>
      lookAtCount(KEY, {
        ...visit,
        memory: must(await OfficerMemory.open(home(name))),
        repository: { source, branch: 'main', folder: 'elections' },
        access: { cacheDir: home(`${name}-copy`) },
      });
    const start =
      'Repository, this computer: it remembers no run of steering, so it looks for other runs in the history since its custody file came, and cannot.';
    const end = 'Nothing is signed, mixed or decrypted without it: put that right, and try again.';
    const cut = await looked(home('shallow'), 'shallow memory');
    expect([codeOf(cut), sentenceOf(cut)]).toEqual(['act-repository', expect.stringContaining(start)]);
    expect(sentenceOf(cut)).toContain('"git fetch --unshallow"');
    const gone = await git.createRepository('gone');
    const away = await looked(gone.url.replace('gone', 'not-there'), 'away memory');
    expect(sentenceOf(away)).toMatch(/ and cannot\. The repository .* cannot be read: /);
    expect(sentenceOf(away)).toContain('ELEKTO_META_TOKEN; the desktop app takes none.');
    expect(sentenceOf(away).endsWith(end)).toBe(true);
  });

  it('is where the elections are; another place is another place', async () => {
    const { repository, box } = closed();
    const { repository: elsewhere } = closed();
    const server = new Shown(box);
    must(await holdCount(KEY, await visitOf(1, repository, server, AFTER, home('n'))));
    expect(codeOf(await holdCount(KEY, await visitOf(1, elsewhere, server, AFTER, home('n'))))).toBe(
      'act-repository',
    );
    writeFileSync(home('o'), '{"version":1}');
    expect(await OfficerMemory.open(home('o'))).toMatchObject({ error: { code: 'act-memory' } });
  });

  it('is nothing of an election that is not there, or whose files the server shows otherwise than it lists', async () => {
    const { repository, box } = closed();
    const visit = await visitOf(1, repository, new Shown(box), AFTER, home('p'));
    expect(codeOf(await holdCount('other', visit))).toBe('act-election');
    const other = new Shown(box);
    other.files = async () => [{ name: '0-box-0', sha256: '00' }];
    expect(codeOf(await holdCount(KEY, { ...visit, server: other }))).toBe('act-served');
  });
});
