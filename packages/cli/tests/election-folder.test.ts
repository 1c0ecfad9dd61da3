import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultsFile2 } from '@elekto/protocol/result';
import { beforeAll, describe, expect, it } from 'vitest';
import { elektoHere, folder } from './support.ts';

const YAML = `name: Steering
start_datetime: 2026-01-01 00:00:00
end_datetime: 2026-02-01 00:00:00
no_winners: 2
election_officers: [olga]
representation_limit: {field: employer, max: 1}
`;
const VOTERS = Array.from({ length: 9 }, (_, i) => `  - voter-${i}\n`).join('');
const candidate = (id: string, field: string, value: string): string =>
  `---\nname: ${id[0]?.toUpperCase()}${id.slice(1)} Doe\nID: ${id}\ninfo:\n  - ${field}: ${value}\n---\n`;

let root: string;
const place = (name: string): string => join(root, 'elections', name);

/** Two of one employer, spelt differently; two seats, one an employer: nine ballots ann > bob > cat. */
function write(name: string): string {
  const path = place(name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'election.yaml'), YAML);
  writeFileSync(join(path, 'voters.yaml'), `eligible_voters:\n${VOTERS}`);
  writeFileSync(join(path, 'candidate-ann.md'), candidate('ann', 'Employer', 'Acme'));
  writeFileSync(join(path, 'candidate-bob.md'), candidate('bob', 'employer', 'ACME'));
  writeFileSync(join(path, 'candidate-cat.md'), candidate('cat', 'employer', 'Other'));
  return path;
}
const ballots = (...rows: readonly string[]): string => {
  const file = join(root, `ballots-${rows.length}-${rows[0]?.replaceAll(',', '')}.csv`);
  writeFileSync(file, `ann,bob,cat\n${rows.join('\n')}\n`);
  return file;
};
const nine = () => ballots(...Array.from({ length: 9 }, () => '1,2,3'));
const fileIn = (path: string): ResultsFile2 =>
  JSON.parse(readFileSync(join(path, 'results.json'), 'utf8')) as ResultsFile2;
const tallied = async (path: string): Promise<readonly string[]> => {
  const { out, err, status } = await elektoHere(['tally', path, '--format', 'json', '--quiet']);
  expect({ err, status }).toEqual({ err: '', status: 0 });
  return (JSON.parse(out) as { seats: { elected: string[] } }).seats.elected;
};

beforeAll(() => {
  root = folder();
});

describe('elekto rehearse, verify and tally of an election folder', () => {
  it('name the same elected, by the limit, the seats and the rule of the folder', async () => {
    const path = write('limited');
    const made = await elektoHere([
      'rehearse',
      path,
      '--ballots',
      nine(),
      '--low-is-best',
      '--officer',
      'olga',
      '--out',
      path,
    ]);
    expect(made).toMatchObject({ status: 0, err: '' });
    expect(fileIn(path).outcome.seats.elected).toEqual(['ann', 'cat']);
    expect(await tallied(path)).toEqual(['ann', 'cat']);
    const verified = await elektoHere(['verify', path]);
    expect(verified).toMatchObject({ status: 0, err: '' });
    expect(verified.out).toContain('elected: ann and cat.');
    expect(verified.out).toContain('Nobody here vouches for this key.');
    expect(readFileSync(join(path, 'results.md'), 'utf8')).toMatch(/Ann Doe.* and Cat Doe.* are elected/);
    const text = await elektoHere(['tally', path]);
    expect(text.out).toContain('Ann Doe and Cat Doe are elected.');
    expect(text.err).toContain('Nobody here vouches for this key.');
  });

  it('are printed in results.md as commands that reproduce it as they stand', async () => {
    const path = write("it's here");
    await elektoHere(['rehearse', path, '--ballots', nine(), '--low-is-best', '--out', path]);
    const [, block = ''] = /```sh\n([^]*?)```/.exec(readFileSync(join(path, 'results.md'), 'utf8')) ?? [];
    const commands = block.trim().split('\n');
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const [, verb = '', quoted = ''] =
        /^npm run --silent elekto -- (verify|tally) '(.*)'$/.exec(command) ?? [];
      const ran = await elektoHere([verb, quoted.replaceAll(`'\\''`, "'")]);
      expect(ran).toMatchObject({ status: 0 });
      expect(ran.out).toMatch(/ann and cat|Ann Doe and Cat Doe are elected/);
    }
  });

  it('count ballots.csv by the files alone where nothing was signed', async () => {
    const path = write('unsigned');
    cpSync(nine(), join(path, 'ballots.csv'));
    expect(await tallied(path)).toEqual(['ann', 'cat']);
    const verified = await elektoHere(['verify', path]);
    expect(verified.status).toBe(1);
    expect(verified.err).toContain('there is no results.json, so nothing is signed');
    // The file alone has no seats and no limit: who counts it so is told.
    const alone = await elektoHere(['tally', join(path, 'ballots.csv'), '--low-is-best']);
    expect(alone).toMatchObject({ status: 0 });
    expect(alone.err).toContain(`not counted by the rules of its election; elekto tally ${path} does`);
  });

  it('do not take seats that were edited afterwards for those that were counted', async () => {
    const path = write('edited');
    await elektoHere(['rehearse', path, '--ballots', nine(), '--low-is-best', '--out', path]);
    writeFileSync(join(path, 'election.yaml'), YAML.replace('no_winners: 2', 'no_winners: 1'));
    expect(await tallied(path)).toEqual(['ann', 'cat']);
    const other = await elektoHere(['tally', path, '--seats', '1']);
    expect(other).toMatchObject({ status: 1 });
    expect(other.err).toContain('leave --seats out');
  });

  it('say what is wrong with files that were changed, or lie in another folder, and name nobody', async () => {
    const path = write('changed');
    await elektoHere(['rehearse', path, '--ballots', nine(), '--low-is-best', '--out', path]);
    const elsewhere = write('elsewhere');
    for (const name of ['ballots.csv', 'results.json']) cpSync(join(path, name), join(elsewhere, name));
    const nobody = async (folder: string, why: string): Promise<void> => {
      for (const verb of ['verify', 'tally']) {
        const ran = await elektoHere([verb, folder]);
        expect(ran, verb).toMatchObject({ status: 1 });
        expect(ran.err, verb).toContain(why);
        expect(`${ran.out}${ran.err}`, verb).not.toMatch(/(is|are) elected/);
      }
    };
    await nobody(elsewhere, 'results.json is of the election changed and lies in the folder of elsewhere');
    const csv = readFileSync(join(path, 'ballots.csv'), 'utf8');
    writeFileSync(join(path, 'ballots.csv'), csv.replace('1,2,3', '2,1,3'));
    await nobody(path, 'one was changed, added, removed or moved');
    writeFileSync(join(path, 'ballots.csv'), csv);
    const json = readFileSync(join(path, 'results.json'), 'utf8');
    writeFileSync(join(path, 'results.json'), json.replace('"seats": 2', '"seats": 1'));
    await nobody(path, 'The signature of results.json is not valid');
    // Saved anew on another machine, they are what they were, as for the pages.
    const anew = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    writeFileSync(join(path, 'ballots.csv'), anew(csv));
    writeFileSync(join(path, 'results.json'), anew(json));
    expect(await elektoHere(['verify', path])).toMatchObject({ status: 0 });
    expect(await tallied(path)).toEqual(['ann', 'cat']);
  });

  it('know the signer from results-keys.yaml above the folder', async () => {
    const own = join(root, 'known');
    const path = join(own, 'elections', 'limited');
    cpSync(place('limited'), path, { recursive: true });
    const { publicKey } = fileIn(path);
    const keys = (key: string): void =>
      writeFileSync(
        join(own, 'elections', 'results-keys.yaml'),
        `- key: ${key}\n  server: https://vote.example.org\n`,
      );
    keys(publicKey);
    const known = await elektoHere(['verify', path]);
    expect(known).toMatchObject({ status: 0 });
    expect(known.out).toContain('results.json is signed by https://vote.example.org');
    keys(Buffer.alloc(32, 1).toString('base64url'));
    const unknown = await elektoHere(['verify', path]);
    expect(unknown).toMatchObject({ status: 1 });
    expect(unknown.err).toContain(`results-keys.yaml lists no key ${publicKey}`);
    const counted = await elektoHere(['tally', path]);
    expect(counted).toMatchObject({ status: 1, out: '' });
    expect(counted.err).toContain(`results-keys.yaml lists no key ${publicKey}`);
  });

  it('rehearse the whole count of officers, and verify its board from the files that it leaves', async () => {
    const path = write('officers');
    writeFileSync(join(path, 'election.yaml'), `${YAML}custody: keys/2026.json\n`);
    const out = join(root, 'rehearsed');
    const made = await elektoHere(['rehearse', path, '--ballots', nine(), '--low-is-best', '--out', out]);
    expect(made.status).toBe(0);
    expect(made.err).toContain('ok    mix:');
    expect(made.err).toMatch(/ok {4}decryption: .*made-up-officer-1/);
    const files = [join(out, 'ballots.csv'), join(out, 'results.json')];
    const verified = await elektoHere(['verify', ...files, '--threads', '1']);
    expect(verified).toMatchObject({ status: 0, err: '' });
    expect(verified.out).toContain('ok    mix:');
    const [mix = ''] = readdirSync(join(out, 'board')).filter((name) => name.includes('-mix'));
    const bytes = readFileSync(join(out, 'board', mix));
    bytes[200] = (bytes[200] ?? 0) ^ 1;
    writeFileSync(join(out, 'board', mix), bytes);
    const changed = await elektoHere(['verify', ...files, '--threads', '1']);
    expect(changed).toMatchObject({ status: 1 });
    expect(changed.err).toContain(mix);
  });

  it('refuse what cannot be rehearsed', async () => {
    const path = write('refused');
    const officer = await elektoHere([
      'rehearse',
      path,
      '--ballots',
      nine(),
      '--low-is-best',
      '--officer',
      'nobody',
    ]);
    expect(officer).toMatchObject({ status: 1 });
    expect(officer.err).toContain('not-officer');
    expect((await elektoHere(['rehearse', join(root, 'nothing')])).status).toBe(1);
    const made = await elektoHere(['rehearse', path, '--voters', '5']);
    expect(made).toMatchObject({ status: 0 });
    expect(made.out).toContain('# Rehearsal: Steering');
  });
});
