import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintPaths } from '../src/lint/lint-paths.ts';
import { newCandidate } from '../src/new/candidate-file.ts';
import { createElection } from '../src/new/create.ts';
import { begun, inZones } from '../src/new/dates.ts';
import { readMoment } from '../src/new/moment.ts';
import type { Prompt } from '../src/prompt.ts';
import { elekto, folder } from './support.ts';

/** Answers questions that begin like this, in this order. */
function answering(...answers: [begins: string, answer: string][]): Prompt & { left: unknown[] } {
  return {
    left: answers,
    ask(question) {
      const [begins = '', answer = ''] = answers.shift() ?? [];
      expect(question.startsWith(begins), `${question} begins with ${begins}`).toBe(true);
      return Promise.resolve(answer);
    },
    close: () => undefined,
  };
}

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

    await newCandidate(at, { id: '007', name: 'Bond: James' });
    await expect(newCandidate(at, { id: '007' })).rejects.toThrow('is there already');
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
    const { from } = await createElection(join(top, 'body/2099'), { given: {} });
    expect(from).toBe(join(top, 'body/b'));
  });

  it('finds the last election of a body wherever it lies, with nominations as long before voting as they were', async () => {
    const elections = join(folder(), 'elections');
    const old = (place: string, body: string, end: string): void => {
      mkdirSync(join(elections, place), { recursive: true });
      writeFileSync(
        join(elections, place, 'election.yaml'),
        `name: ${place}\nbody: ${body}\nstart_datetime: 2026-01-11 00:00:00\nend_datetime: ${end}\nno_winners: 1\nelection_officers: [ada]\nnominations: { opens: 2026-01-01 00:00:00, closes: 2026-01-08, endorsements: 2 }\n`,
      );
    };
    old('2025/spring', 'Board', '2026-02-01 00:00:00');
    old('2025/other', 'Council', '2026-03-01 00:00:00');
    const at = join(elections, 'board/2099');
    const given = { body: 'board', start: '2099-09-11 00:00:00', end: '2099-09-30 00:00:00', name: 'New' };
    expect((await createElection(at, { given })).from).toBe(join(elections, '2025/spring'));
    expect(readFileSync(join(at, 'election.yaml'), 'utf8')).toMatch(
      /opens: 2099-09-01 00:00:00, closes: 2099-09-08 23:59:59, endorsements: 2/,
    );
  });

  it('says what of the last election contradicts the new one', async () => {
    const top = folder();
    mkdirSync(join(top, 'board/2026'), { recursive: true });
    writeFileSync(
      join(top, 'board/2026/election.yaml'),
      'name: Board 2026\norganization: Acme\nstart_datetime: 2026-01-11 00:00:00\nend_datetime: 2026-02-01 00:00:00\nno_winners: 3\nelection_officers: [ada]\neligibility: All.\nexception_description: Ask.\nterms: [{ seats: 2, term: 2 years }, { seats: 1, term: 1 year }]\n',
    );
    const given = {
      start: '2099-09-01 00:00:01',
      end: '2099-09-20 23:59:59',
      description: 'Seats.',
    };
    const again = await createElection(join(top, 'board/2099'), { given });
    expect(again.doubts).toEqual([]);
    const { doubts } = await createElection(join(top, 'board/2100'), { given: { ...given, seats: 2 } });
    expect(doubts).toEqual([expect.stringMatching(/^"terms" is about 3 of 2 seats\. /)]);
  });

  it('asks for everything, again where an answer cannot be, and needs no file to be edited afterwards', async () => {
    const at = join(folder(), 'elections/board/2099');
    const prompt = answering(
      ['Body', ''],
      ['Title', 'Board 2099'],
      ['Who holds it', 'Acme'],
      ['Seats', 'two'],
      ['Seats', '2'],
      ['First moment', '2099-09-31'],
      ['First moment', '2099-09-01 09:00 Europe/Berlin'],
      ['Last moment', '2099-08-01'],
      ['Last moment', '2099-09-14 AoE'],
      ['Officers', 'olga, @Olga, otto'],
      ['Counting', ''],
      ['Who may vote', 'Members.'],
      ['Who may ask', 'Everybody else.'],
      ['What is decided', 'Two seats.'],
      ['Voters', 'ada,bo'],
    );
    const { doubts } = await createElection(at, { given: {}, prompt });
    const facts = ['Name', 'employer', 'What I have done', "What I'll do"];
    const answers = ['Ada: the first', 'Acme', 'Wrote notes.', ''];
    const form = answering(...facts.map((fact, i) => [fact, answers[i] ?? ''] as [string, string]));
    await newCandidate(at, { id: 'ada' }, form);
    expect([prompt.left, form.left, doubts]).toEqual([[], [], []]);
    const { summary, elections } = await lintPaths([at], {});
    expect(summary).toEqual({ errors: 0, warnings: 0 });
    expect(elections[0]?.election).toMatchObject({
      opensAt: Date.UTC(2099, 8, 1, 7),
      closesAt: Date.UTC(2099, 8, 15, 11, 59, 59),
      officers: ['olga', 'otto'],
      voters: [{ login: 'ada' }, { login: 'bo' }],
      candidates: [{ name: 'Ada: the first', fields: [{ name: 'employer', value: 'Acme' }] }],
    });
  });

  it('reads moments of every zone, and none that clocks leave out', () => {
    const read = (text: string, isEnd = false): string => {
      const moment = readMoment(text, isEnd);
      return moment.ok ? moment.utc : moment.why;
    };
    expect(read('2027-09-14 AoE', true)).toBe('2027-09-15 11:59:59');
    expect(read('2027-01-05 09:00 America/New_York')).toBe('2027-01-05 14:00:00');
    expect(read('2026-10-25 02:30 Europe/Berlin')).toBe('2026-10-25 00:30:00');
    expect(read('2026-10-25 02:30 Europe/Berlin', true)).toBe('2026-10-25 01:30:00');
    expect(read('2027-03-28 02:30 Europe/Berlin')).toContain('clocks are put forward');
    expect(read('2027-03-28 02:30 Europe/Bilbo')).toContain('names no zone');
    expect(read('2027-02-30 Europe/Berlin')).toContain('day that does not exist');
    expect(read('2027-03-28 02:30:00 +02:00')).toBe('2027-03-28 00:30:00');
  });

  it.each([
    [['election', 'package.json/x'], /package\.json\/x cannot be used \(ENOTDIR: not a directory\)\.\n$/],
    [['election', ''], /^A path without a name cannot be used/],
    [['candidate', '.', 'ada,bob'], /^error: .*Expected one login/],
  ])('says what cannot be made of %j', async (args, said) => {
    const { status, err } = await elekto(['new', ...args]);
    expect(status).toBe(1);
    expect(err).toMatch(said);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('names what stands for something of one’s own', async () => {
    const first = await createElection(join(folder(), '2099'), { given: {} });
    expect(first.doubts.join('\n')).toMatch(
      /"organization" is still[^]*"election_officers" is still[^]*octocat/,
    );
    const given = {
      officers: ['ada'],
      organization: 'Acme',
      start: '2099-09-01 00:00:00',
      end: '2099-09-20 23:59:59',
    };
    const { doubts } = await createElection(join(folder(), '2099'), { given });
    expect(doubts.map((each) => each.split(' ')[0])).toEqual([
      '"eligibility"',
      '"exception_description"',
      '"election_desc.md"',
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
