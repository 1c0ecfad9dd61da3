/** `elekto verify` of a count by officers in which something is false: the first such line is the last, and says step and party. */
import { cpSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHEATS, cheated } from '../../protocol/tests/support/cheats.ts';
import { GOLDEN_YAML, type goldenResult, writeElection, writeGoldenFolder } from './golden-folder.ts';
import { elektoHere, folder, type Ran } from './support.ts';

let root: string;
let path: string;
beforeAll(() => {
  root = folder();
  path = writeGoldenFolder(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** What is said of a copy of the election in which something was changed. */
async function verifyWith(change: (changed: string) => void): Promise<Ran> {
  const changed = join(root, 'elections/changed');
  rmSync(changed, { recursive: true, force: true });
  cpSync(path, changed, { recursive: true });
  change(changed);
  return elektoHere(['verify', changed, '--threads', '1']);
}

describe('elekto verify of a count by officers ends with status 1', () => {
  it('at a file that is gone', async () => {
    const { status, err } = await verifyWith((changed) => rmSync(join(changed, 'board/02-mix.bin')));
    expect([status, err]).toEqual([
      1,
      'verification failed: The file 02-mix.bin of the board is not here: whoever handed out these files left it out.\n',
    ]);
  });

  it('at files of the election that say something else than voters saw', async () => {
    const { status, err } = await verifyWith((changed) =>
      writeFileSync(join(changed, 'election.yaml'), GOLDEN_YAML.replace('no_winners: 2', 'no_winners: 3')),
    );
    expect(status).toBe(1);
    expect(err).toMatch(
      /^verification failed: The files of the election in this repository do not say what voters saw: .* say 3;/,
    );
  });

  // What officers and the server sign together is refused by its proof alone.
  it.each(CHEATS.map((cheat) => [cheat.what, cheat] as const))('at %s', async (_, cheat) => {
    const { status, err } = await verifyWith((changed) => {
      const { board, resultsJson } = cheated(cheat);
      writeFileSync(join(changed, 'results.json'), resultsJson);
      if (cheat.of !== undefined) {
        for (const file of globSync('{board/*,candidate-*}', { cwd: changed })) rmSync(join(changed, file));
        writeElection(changed, JSON.parse(resultsJson) as typeof goldenResult);
      }
      for (const [name, bytes] of board) writeFileSync(join(changed, 'board', name), bytes);
    });
    expect([status, err]).toEqual([1, `verification failed: ${cheat.sentence}\n`]);
  });
});
