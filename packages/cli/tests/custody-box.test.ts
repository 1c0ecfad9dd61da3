/** `elekto custody box`: what it writes into a checkout, of a box that it looked at on a server, with the key of nobody. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { boxLine, readBoxes } from '@elekto/election';
import type * as Officer from '@elekto/officer';
import { hashManifest } from '@elekto/protocol/manifest';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  BOX_FILE,
  boxOf,
  ENDS,
  hashOf,
  HOUR,
  KEY,
  lineOf,
  openElection,
  sealed,
  Shown,
} from '../../officer/tests/world.ts';
import { proposeBox } from '../src/custody/propose-box.ts';
import { keepToken } from '../src/custody/tokens.ts';
import { DO_NOTHING } from '../src/custody/way-out.ts';

/** Where git has box.txt; null for where it is in the made-up election. */
const at = vi.hoisted(() => ({ boxFile: null as string | null }));
vi.mock('@elekto/officer', async (original) => {
  const real = await original<typeof Officer>();
  const lookAtCount: typeof real.lookAtCount = async (key, visit) => {
    const found = await real.lookAtCount(key, visit);
    return found.ok && found.value !== null && at.boxFile !== null
      ? { ok: true, value: { ...found.value, boxFile: at.boxFile } }
      : found;
  };
  return { ...real, lookAtCount };
});

const root = mkdtempSync(join(memoryPlace(), 'elekto-box-'));
const { repository, manifest } = openElection();
const ballots = sealed(manifest, [
  [1, 2],
  [2, 1],
]);
const box = boxOf(manifest, ballots);
const line = lineOf(manifest, box);
let shown = new Shown(box);

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://here');
  const { name = '' } = JSON.parse(url.searchParams.get('input') ?? '{}') as { name?: string };
  const answer = async () =>
    url.pathname.endsWith('board.files')
      ? shown.files()
      : Buffer.from((await shown.file(name)) ?? []).toString('base64url');
  void answer().then((data) => response.end(JSON.stringify({ result: { data } })));
});
beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  vi.spyOn(Date, 'now').mockReturnValue(ENDS + 2 * HOUR);
});
afterAll(() => {
  server.close();
  vi.restoreAllMocks();
  repository.remove();
  rmSync(root, { recursive: true });
});

let elections: string;
beforeEach(() => {
  elections = mkdtempSync(join(root, 'checkout-'));
  at.boxFile = null;
  shown = new Shown(box);
});

/** What the command says, or its refusal, without the path of the checkout. */
async function propose(): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${String(port)}`;
  const tokenFile = join(root, 'token');
  keepToken(tokenFile, origin, 'a token');
  const place = { repository: repository.dir, branch: 'main', electionsDir: 'elections' };
  const flags = { ...place, server: origin, tokenFile, keyFile: join(root, 'no.key'), elections };
  const said = await proposeBox(KEY, flags).catch((error: unknown) => (error as Error).message);
  return said.replaceAll(`${elections}/`, '');
}
const file = (path = `${KEY}/box.txt`): string => join(elections, path);
function put(text: string, path?: string): void {
  mkdirSync(dirname(file(path)), { recursive: true });
  writeFileSync(file(path), text);
}
const PROPOSED = `${KEY}/box.txt names the box of 2 ballots: ${line}Ask for this change in a pull request. Once it is merged, voters look for their receipts, and officers wait for the end of the inspection.\n`;

describe('elekto custody box', () => {
  it.each([
    ['no file yet', null, line],
    ['an empty file', '\n', `\n${line}`],
    ['a note', '# a note\n', `# a note\n${line}`],
    ['a note without an end of its line', '# a note', `# a note\n${line}`],
    ['a note of Windows', '# a note\r\n', `# a note\r\n${line}`],
    ['the line already', line, line],
    ['the line already, without its end', line.trimEnd(), line.trimEnd()],
  ])('adds the line of the box where there is %s', async (_, before, after) => {
    mkdirSync(join(elections, KEY));
    if (before !== null) put(before);
    expect(await propose()).toBe(PROPOSED);
    const text = readFileSync(file(), 'utf8');
    expect(text).toBe(after);
    const { boxes } = readBoxes({ path: 'box.txt', text });
    expect(boxes).toEqual([{ hash: hashOf(box), manifestHash: hashManifest(manifest) }]);
  });

  it('writes to the folder that git has the election in, whatever its key would stand for', async () => {
    at.boxFile = 'elections/a---b/box.txt';
    expect(await propose()).toBe(
      'a---b is not there: bring your checkout up to the branch, and name its elections folder with --elections',
    );
    mkdirSync(join(elections, 'a---b'));
    expect(await propose()).toContain('a---b/box.txt names the box of 2 ballots: ');
    expect(readFileSync(file('a---b/box.txt'), 'utf8')).toBe(line);
  });

  it.each([
    ['this run', lineOf(manifest, boxOf(manifest, ballots.slice(1)))],
    ['an earlier run', `${boxLine({ hash: 'a'.repeat(64), manifestHash: 'b'.repeat(64) })}\n`],
  ])('writes none beside another one of %s, in the checkout or on the branch', async (_, other) => {
    put(other);
    expect(await propose()).toBe(
      `${KEY}/box.txt names another box, which does not stand on the branch, and two of them there end the count for good: propose neither. ${DO_NOTHING}`,
    );
    expect(readFileSync(file(), 'utf8')).toBe(other);
    put('');
    const before = repository.git('rev-parse', 'HEAD');
    repository.commit({ [BOX_FILE]: other }, ENDS + HOUR);
    const said = await propose();
    repository.git('reset', '--quiet', '--hard', before);
    rmSync(join(root, 'no.key.memory'), { force: true });
    expect(said).toMatch(/^Box, the server: another box of this election stands on the branch/);
    expect(readFileSync(file(), 'utf8')).toBe('');
  });

  it('says that there is no box yet', async () => {
    shown = new Shown(null);
    expect(await propose()).toBe('there is no box yet; the server lays it out within minutes after the end');
  });
});

describe('elekto custody box, of a box that stands on the branch', () => {
  it.each([
    ['is open to inspection', 2],
    ['waits for its officers', 30],
  ])('says it once more to whoever holds no key while it %s', async (_, hours) => {
    repository.commit({ [BOX_FILE]: line }, ENDS + HOUR);
    vi.mocked(Date.now).mockReturnValue(ENDS + hours * HOUR);
    put(line);
    expect(await propose()).toBe(PROPOSED);
    expect(readFileSync(file(), 'utf8')).toBe(line);
  });
});
