/** `elekto verify` of a count by officers, in a folder of a repository and at an address, with threads. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { boardFolder, MOST_IN_REPOSITORY } from '@elekto/protocol/result';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHEATS, cheated } from '../../protocol/tests/support/cheats.ts';
import { elekto, folder } from './support.ts';

const GOLDEN = fileURLToPath(new URL('../../protocol/tests/golden/3/', import.meta.url));
const result = JSON.parse(readFileSync(join(GOLDEN, 'plain/results.json'), 'utf8')) as {
  manifestHash: string;
  publicKey: string;
  board: { name: string; sha256: string }[];
};
const BOX = result.board[0]?.sha256 ?? '';
const YAML = `name: Steering Committee “2027”
start_datetime: 2026-01-01 00:00:00
end_datetime: 2026-02-01 00:00:00
no_winners: 2
election_officers: [olga]
custody: keys/2027.json
`;

let root: string;
let path: string;

beforeAll(() => {
  root = folder();
  path = join(root, 'elections/plain');
  mkdirSync(join(root, 'elections/keys'), { recursive: true });
  cpSync(join(GOLDEN, 'plain'), path, { recursive: true });
  cpSync(join(GOLDEN, 'custody.json'), join(root, 'elections/keys/2027.json'));
  writeFileSync(join(path, 'election.yaml'), YAML);
  writeFileSync(join(path, 'voters.yaml'), 'eligible_voters:\n  - ann\n');
  writeFileSync(join(path, 'box.txt'), `sha256:${BOX} ${result.manifestHash}\n`);
  for (const id of ['ada', 'barbara', 'grace', 'mary'])
    writeFileSync(
      join(path, `candidate-${id}.md`),
      `---\nname: ${id[0]?.toUpperCase()}${id.slice(1)}\nID: ${id}\n---\n`,
    );
});

const lines = (out: string): string[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, line.indexOf(':')));

describe('elekto verify of a count by officers', () => {
  it('says one line a step, from the files of a repository alone', async () => {
    const receipt = join(path, 'receipt.json');
    const { status, out, err } = await elekto(['verify', path, '--threads', '2', '--receipt', receipt]);
    expect([status, err]).toEqual([0, '']);
    expect(lines(out)).toEqual(
      [
        ...[
          'format',
          'repository',
          'files',
          'ceremony',
          'ceremony',
          'box',
          'receipt',
          'branch',
          'mix',
          'mix',
        ],
        ...['decryption', 'decryption', 'combination', 'manifest', 'ballots', 'count', 'root', 'pairwise'],
        ...['recount', 'ties', 'signature'],
      ].map((name) => `ok    ${name}`),
    );
    expect(out).toContain('Mix 1: officer-3 mixed the ballots and changed none.');
    expect(out).toContain('5 ballots were opened and are the rows of ballots.csv; without a ranking: 1.');
  });

  it('ends at the first false line with its sentence and status 1', async () => {
    const changed = join(root, 'elections/changed');
    const verifyWith = async (change: () => void) => {
      rmSync(changed, { recursive: true, force: true });
      cpSync(path, changed, { recursive: true });
      change();
      return elekto(['verify', changed, '--threads', '1']);
    };
    const gone = await verifyWith(() => rmSync(join(changed, 'board/02-mix.bin')));
    expect(gone.status).toBe(1);
    expect(gone.err).toBe('verification failed: The file 02-mix.bin of the board is not here.\n');
    const rules = await verifyWith(() =>
      writeFileSync(join(changed, 'election.yaml'), YAML.replace('no_winners: 2', 'no_winners: 3')),
    );
    expect(rules.status).toBe(1);
    expect(rules.err).toMatch(
      /^verification failed: The files of the election in this repository do not say what voters saw: .* say 3;/,
    );
    // What officers and the server sign together is refused by its proof alone.
    for (const cheat of CHEATS.filter(({ file }) => /^01-mix|^03-decrypt-01/.test(file))) {
      const signed = await verifyWith(() => {
        writeFileSync(join(changed, 'board', cheat.file), cheat.bytes);
        writeFileSync(join(changed, 'results.json'), cheated(cheat).resultsJson);
      });
      expect([signed.status, signed.err], cheat.what).toEqual([
        1,
        `verification failed: ${cheat.sentence}\n`,
      ]);
    }
  });

  it('accuses nobody of a ballot that is gone where nobody could be asked', async () => {
    const gone = ['verify', path, '--threads', '1', '--receipt', join(path, 'receipt-gone.json')];
    const alone = await elekto(gone);
    expect(alone.status).toBe(1);
    expect(alone.err).toMatch(/it was not said whether its voter signed a release/);
  });

  describe('at an address', () => {
    let server: Server;
    let base: string;
    let shown: unknown = null;
    beforeAll(async () => {
      server = createServer((request, response) => {
        const url = request.url ?? '';
        const asked = /^\/trpc\/(board\.(?:file|custody))\?input=(.*)$/.exec(url);
        if (asked !== null) {
          const { name = '' } = JSON.parse(decodeURIComponent(asked[2] ?? '')) as { name?: string };
          const file = asked[1] === 'board.custody' ? 'custody.json' : `plain/board/${name}`;
          const bytes = readFileSync(join(GOLDEN, file));
          const data = bytes.toString(asked[1] === 'board.custody' ? 'utf8' : 'base64url');
          response.end(JSON.stringify({ result: { data } }));
          return;
        }
        if (url === '/trpc/ballot.release') {
          if (shown === 'damaged') response.writeHead(500).end('{"error":{"message":"it is not complete"}}');
          else response.end(JSON.stringify({ result: { data: { shown } } }));
          return;
        }
        const file = url.includes('/board/') ? 'not here' : url.replace('/elections/', '');
        try {
          response.end(readFileSync(join(GOLDEN, file)));
        } catch {
          response.writeHead(404).end();
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => void server.close());

    it('has the files from there of a board that is too large for the repository, and checks that they are the same', async () => {
      const board = join(path, 'board');
      cpSync(board, join(root, 'kept'), { recursive: true });
      const files = await boardFolder(readFileSync(join(path, 'results.json'), 'utf8'), {
        sizes: () => Promise.resolve(result.board.map(({ name }) => ({ name, bytes: MOST_IN_REPOSITORY }))),
        file: () => Promise.reject(new Error('too large')),
        custody: () => Promise.resolve(readFileSync(join(GOLDEN, 'custody.json'), 'utf8')),
        address: `${base}/elections/plain/`,
      });
      expect(files.map(({ name }) => name)).toEqual(['board/elsewhere.txt', 'board/custody.json']);
      rmSync(board, { recursive: true });
      mkdirSync(board);
      for (const { name, content } of files) writeFileSync(join(path, name), content);
      const { status, out, err } = await elekto(['verify', path, '--threads', '1']);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain(`its files are taken from ${base}/elections/plain/`);
      writeFileSync(join(board, 'elsewhere.txt'), 'http://198.51.100.7/elections/plain/\n');
      expect((await elekto(['verify', path])).err).toContain('names no address of https');
      rmSync(board, { recursive: true });
      cpSync(join(root, 'kept'), board, { recursive: true });
    });

    it('reads everything from there, and asks the server about a ballot that is not in the box', async () => {
      const gone = [
        ...['verify', `${base}/elections/plain`, '--threads', '1', '--key', result.publicKey],
        ...['--receipt', join(path, 'receipt-gone.json')],
      ];
      shown = JSON.parse(readFileSync(join(path, 'release.json'), 'utf8'));
      const { status, out } = await elekto(gone);
      expect([status, out]).toEqual([0, expect.stringContaining('put another one in its place and signed')]);
      shown = null;
      expect((await elekto(gone)).err).toMatch(/no release: the server dropped it/);
      shown = 'damaged';
      const unsaid = await elekto(gone);
      expect([unsaid.status, unsaid.err]).toEqual([1, expect.stringContaining('it was not said')]);
    });
  });
});
