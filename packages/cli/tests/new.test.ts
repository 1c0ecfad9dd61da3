import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintPaths } from '../src/lint/lint-paths.ts';
import { newCandidate } from '../src/new/candidate-file.ts';
import { begun, inZones } from '../src/new/dates.ts';
import { elekto, folder } from './support.ts';

describe('elekto new', () => {
  it('takes over the last election of the body, and makes a candidate, all without an error', async () => {
    const top = folder();
    const old = join(top, 'elections/steering/2026');
    mkdirSync(old, { recursive: true });
    writeFileSync(
      join(old, 'election.yaml'),
      `# Ours
name: 2026 Steering Committee Election
organization: Acme
start_datetime: 2026-01-01 00:00:01
end_datetime: 2026-02-01 23:59:59
no_winners: 3
show_candidate_fields: [employer]
election_officers: [ada#12, grace] # both
representation_limit: { field: employer, max: 1/3 }
exceptions_due: 2026-01-20
`,
    );
    writeFileSync(join(old, 'election_desc.md'), 'What we do.\n');
    const at = join(top, 'elections/steering/2099');
    const args = ['--start', '2099-09-01 00:00:00+02:00', '--end', '2099-09-20', '--seats', '4'];
    const ran = await elekto(['new', 'election', at, ...args]);
    expect(ran.status).toBe(0);
    expect(ran.err).toContain(`Organisation, officers, rule and texts are those of ${old}.`);
    expect(ran.err).toContain('From  2099-08-31 22:00:00 UTC, 2099-08-31 10:00:00 Anywhere on Earth');
    const text = readFileSync(join(at, 'election.yaml'), 'utf8');
    expect(text).toContain('# Ours\nname: 2099 Steering Committee Election\norganization: Acme\n');
    expect(text).toContain('no_winners: 4\n');
    expect(text).toMatch(/election_officers:.*ada#12.*# both/);
    expect(text).not.toContain('exceptions_due');
    expect(readFileSync(join(at, 'election_desc.md'), 'utf8')).toBe('What we do.\n');

    expect(text).toContain('end_datetime: 2099-09-20 23:59:59');
    expect(readFileSync(join(at, 'voters.yaml'), 'utf8')).toMatch(/- ada\n {2}- grace\n$/);

    await newCandidate(at, '007', 'Bond: James');
    await expect(newCandidate(at, '007', 'x')).rejects.toThrow('is there already');
    const { summary, elections } = await lintPaths([at], {});
    expect(elections[0]?.election?.candidates).toMatchObject([{ id: '007', name: 'Bond: James' }]);
    expect(summary.errors).toBe(0);
  });

  it('takes for the last one what ended last, however its date is written', async () => {
    const top = folder();
    const ends = { a: '2026-03-01 00:00:00', b: '2026/03/02 00:00:00', c: '2026-03-01T22:00:00-01:00' };
    for (const [name, end] of Object.entries(ends)) {
      mkdirSync(join(top, 'body', name), { recursive: true });
      const text = `name: ${name}\nstart_datetime: 2026-01-01 00:00:01\nend_datetime: ${end}\nno_winners: 1\n`;
      writeFileSync(join(top, 'body', name, 'election.yaml'), `${text}election_officers: [ada]\n`);
    }
    const { err } = await elekto(['new', 'election', join(top, 'body/2099')]);
    expect(err).toContain(`are those of ${join(top, 'body/b')}.`);
  });

  it.each([
    [['election', 'package.json/x'], /package\.json\/x cannot be used \(ENOTDIR: not a directory\)\.\n$/],
    [['election', ''], /^A path without a name cannot be used/],
    [['candidate', '.', 'Ada Lovelace'], /^error: .*Expected GitHub logins/],
    [['candidate', '.', 'ada,bob'], /^error: .*Expected one GitHub login/],
  ])('says what cannot be made of %j', async (args, said) => {
    const { status, err } = await elekto(['new', ...args]);
    expect(status).toBe(1);
    expect(err).toMatch(said);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('names what stands for something of one’s own', async () => {
    const first = await elekto(['new', 'election', join(folder(), '2099')]);
    expect(first.err).toMatch(
      /Look again: "organization" is still[^]*"election_officers" is still[^]*octocat/,
    );
    const own = [
      '--officers',
      'ada',
      '--organization',
      'Acme',
      '--start',
      '2099-09-01',
      '--end',
      '2099-09-20',
    ];
    const second = await elekto(['new', 'election', join(folder(), '2099'), ...own]);
    expect(second.err.match(/Look again: \S+/g)).toEqual([
      'Look again: "eligibility"',
      'Look again: "exception_description"',
    ]);
  });

  it('says that a window has begun or is over, and where a day ends last', () => {
    const now = Date.UTC(2027, 0, 10);
    expect(begun('2027-02-01 00:00:01', '2027-02-20 23:59:59', now)).toEqual([]);
    expect(begun('2027-01-01 00:00:00', '2027-01-12 00:00:00', now).join()).toContain('start has passed');
    expect(begun('2027-01-01 00:00:00', '2027-01-02 12:00:00', now).join()).toContain('ended already');
    expect(inZones('2027-01-01 12:00:00', '2027-01-02 12:00:00')[1]).toContain(
      '2027-01-02 00:00:00 Anywhere',
    );
  });
});
