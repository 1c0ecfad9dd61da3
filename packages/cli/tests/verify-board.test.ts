/** `elekto verify` of a count by officers, in a folder of a repository, with threads. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGoldenFolder } from './golden-folder.ts';
import { elekto, elektoHere, folder } from './support.ts';

let root: string;
let path: string;
beforeAll(() => {
  root = folder();
  path = writeGoldenFolder(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

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
      ]
        .map((name) => `ok    ${name}`)
        .concat('note  roll'),
    );
    expect(out).toContain('Mix 1: officer-3 mixed the ballots and changed none.');
    expect(out).toContain('5 ballots were opened and are the rows of ballots.csv; without a ranking: 1.');
  });

  it('says what of the roll was compared and what was not', async () => {
    const said = async (): Promise<string> =>
      (await elekto(['verify', path, '--threads', '1'])).out.trimEnd().split('\n').at(-1) ?? '';
    expect(await said()).toMatch(
      /^note {2}roll: names in voters\.yaml of this folder: 1; on the roll until the end, by the result: \d+\. Not compared: the history of voters\.yaml/,
    );
    rmSync(join(path, 'voters.yaml'));
    expect(await said()).toContain('note  roll: no voters.yaml in this folder that can be read;');
    writeFileSync(join(path, 'voters.yaml'), 'eligible_voters:\n  - ann\n');
  });

  it('accuses nobody of a ballot that is gone where nobody could be asked', async () => {
    const gone = ['verify', path, '--threads', '1', '--receipt', join(path, 'receipt-gone.json')];
    const alone = await elektoHere(gone);
    expect(alone.status).toBe(1);
    expect(alone.err).toMatch(/it was not said whether its voter signed a release/);
  });
});
