import { describe, expect, it } from 'vitest';
import { demoElections, NOW, officersElections, stageElections } from '../../../tests/harness/fixtures.ts';
import { nextStep, stepsOf } from './next-step.ts';
import { formatUtc } from './time.ts';

const all = [...demoElections(), ...stageElections()].map(({ overview }) => overview);
const of = (key: string) => {
  const found = all.find((overview) => overview.key === key);
  if (found === undefined) throw new Error(key);
  return found;
};

describe('what comes next for an officer', () => {
  it.each([
    ['damaged', 'bad', /does not add up/, undefined],
    ['stuck', 'bad', /cannot be counted/, undefined],
    ['waits', 'bad', /not open, although its start has passed/, undefined],
    ['drifts', 'warn', /something else than the ballot/, 'overview'],
    ['withdrew', 'warn', /^Confirm that Leila Haddadi withdrew/, 'turnout'],
    ['early', 'warn', /before the end/, undefined],
    ['superseded', 'bad', /Publish the result again/, 'publish'],
    ['disputed', 'bad', /not its result/, 'publish'],
    ['report', 'warn', /Add results.json and ballots.csv/, 'publish'],
    ['agreed', 'good', /nothing to do/, 'result'],
    ['held', 'good', /Held on vote.old.example/, 'result'],
    ['unknown', 'warn', /whose signature/, 'result'],
    ['recounted', 'good', /Not held here/, 'result'],
    ['silent', 'info', /^Not held here$/, undefined],
    ['docs---leads', 'info', /being counted/, 'result'],
    ['steering---term-3', 'warn', /Publish the result/, 'publish'],
    ['tie---draw', 'warn', /Decide the tie/, 'result'],
    ['maintainers---storage', 'warn', /waits for an answer/, 'exceptions'],
  ] as const)('%s: %s, %s', (key, tone, title, tab) => {
    const step = nextStep(of(key), NOW);
    expect(step).toMatchObject({ tone });
    expect(step.title).toMatch(title);
    expect(step.tab).toBe(tab);
  });

  it('is never to close and count what was not held here', () => {
    const elsewhere = all.filter(({ stage }) => stage === 'held-elsewhere');
    expect(elsewhere.length).toBeGreaterThan(3);
    for (const overview of elsewhere)
      expect(JSON.stringify(nextStep(overview, NOW))).not.toMatch(/close and count/i);
  });

  it('names what is missing where an election waits, and the check where files are disputed', () => {
    expect(nextStep(of('waits'), NOW).detail).toContain('Nobody stands');
    expect(nextStep(of('disputed'), NOW).detail).toContain('The signature of results.json is not valid');
  });

  it('names the candidates whom the files have lost as the ballot does', () => {
    const lost = {
      ...of('drifts'),
      drift: [{ code: 'candidates-removed' as const, ids: ['leila-haddadi'] }],
      driftNames: { 'leila-haddadi': 'Leila Haddadi' },
    };
    expect(nextStep(lost, NOW).detail).toContain('Leila Haddadi was taken out of the files');
    expect(JSON.stringify(nextStep(lost, NOW))).not.toContain('leila-haddadi');
  });

  it('does not ask to put back the files that say who withdrew', () => {
    const withdrew = {
      ...of('withdrew'),
      drift: [{ code: 'candidates-withdrawn' as const, ids: ['leila-haddadi'] }],
      driftNames: { 'leila-haddadi': 'Leila Haddadi' },
    };
    expect(stepsOf(withdrew, NOW).map(({ code }) => code)).toEqual(['withdrawn']);
  });

  it('gives the command that mends a trouble, with the key where it takes one', () => {
    expect(nextStep(of('stuck'), NOW).command).toBe('elekto restore <file>');
    expect(nextStep(of('damaged'), NOW).command).toBe('elekto election accept-restore damaged');
  });

  it('counts several ties', () => {
    expect(nextStep({ ...of('tie---draw'), openTies: 2 }, NOW).title).toBe('Decide the 2 ties');
  });

  it('goes before the opening with a candidate whose file cannot be read', () => {
    const broken = {
      code: 'candidate-header',
      severity: 'error' as const,
      file: 'elections/x/candidate-ada.md',
      line: 1,
      column: 1,
      message: 'There is no header.',
      hint: '',
    };
    const step = nextStep({ ...of('maintainers---storage'), diagnostics: [broken] }, NOW);
    expect(step).toMatchObject({ tone: 'bad', title: 'A candidate’s file cannot be read' });
    expect(step.detail).toContain('candidate-ada.md: There is no header.');
  });

  it('lists everything that waits, what is wrong first', () => {
    const busy = { ...of('withdrew'), requestsDue: 2, toAdd: 1, staleSince: 'c'.repeat(40) };
    expect(stepsOf(busy, NOW).map(({ code }) => code)).toEqual([
      'unread-files',
      'withdrawn',
      'requests',
      'to-add',
    ]);
    expect(stepsOf(of('agreed'), NOW)).toEqual([]);
    const drifts = { ...of('drifts'), requestsDue: 2, toAdd: 1 };
    expect(stepsOf(drifts, NOW).map(({ code }) => code)).toEqual(['drift', 'requests', 'to-add']);
  });

  it('says that too few officers have shown their shares seven and two days before the opening, and a week before the end', () => {
    const coming = {
      ...of('maintainers---storage'),
      ...{ requestsDue: 0, toAdd: 0, rehearsed: { at: NOW, by: 'edda-lind', changed: false } },
    };
    const said = (stage: 'upcoming' | 'open', days: number, shown: number) => {
      const custody = { threshold: 2, officers: 3, ready: shown, alive: shown };
      const at = NOW + days * 86_400_000;
      const times = stage === 'upcoming' ? { opensAt: at, closesAt: at + 1 } : { closesAt: at };
      const steps = stepsOf({ ...coming, stage, ...times, custody }, NOW);
      return steps
        .filter(({ code }) => code.startsWith('custody-'))
        .map(({ code, tone }) => `${code} ${tone}`);
    };
    expect(said('upcoming', 8, 1)).toEqual([]);
    expect(said('upcoming', 7, 1)).toEqual(['custody-few-ready warn']);
    expect(said('upcoming', 2, 1)).toEqual(['custody-few-ready bad']);
    expect(said('upcoming', 2, 2)).toEqual([]);
    expect(said('open', 8, 1)).toEqual([]);
    expect(said('open', 7, 1)).toEqual(['custody-not-alive warn']);
    expect(said('open', 7, 2)).toEqual([]);
  });

  it('asks for a rehearsal, and among what waits a week before the opening', () => {
    const coming = { ...of('maintainers---storage'), requestsDue: 0, toAdd: 0, rehearsed: null };
    const before = (days: number) => ({ ...coming, opensAt: NOW + days * 86_400_000 });
    expect(nextStep(before(2), NOW)).toMatchObject({ title: 'Rehearse: 2 days left', tab: 'rehearsal' });
    expect(stepsOf(before(7), NOW).map(({ code }) => code)).toEqual(['rehearse']);
    expect(stepsOf(before(8), NOW)).toEqual([]);
    const held = { ...before(2), rehearsed: { at: NOW, by: 'edda-lind', changed: false } };
    expect(nextStep(held, NOW).title).toBe(`Nothing to do until ${formatUtc(held.opensAt)}`);
    const changed = { ...held, rehearsed: { ...held.rehearsed, changed: true } };
    expect(nextStep(changed, NOW)).toMatchObject({ title: 'Rehearse again: 2 days left', tab: 'rehearsal' });
    expect(stepsOf(changed, NOW).map(({ code }) => code)).toEqual(['rehearse-anew']);
  });

  it('says before the start what is missing for it, instead of a rehearsal that nobody could hold', () => {
    const coming = { ...of('maintainers---storage'), requestsDue: 0, toAdd: 0, rehearsed: null };
    const before = (days: number, more: object) => ({
      ...coming,
      opensAt: NOW + days * 86_400_000,
      ...more,
    });
    const nobody = { candidates: 0, wouldWait: 'no-candidates' as const };
    expect(nextStep(before(20, nobody), NOW)).toMatchObject({
      tone: 'info',
      title: 'Nobody stands yet: 20 days left',
      tab: 'overview',
    });
    expect(stepsOf(before(20, nobody), NOW)).toEqual([]);
    expect(stepsOf(before(7, { ...nobody, eligible: 0 }), NOW).map(({ code }) => code)).toEqual([
      'no-candidates',
      'nobody-on-roll',
    ]);
    expect(nextStep(before(3, { eligible: 0 }), NOW)).toMatchObject({ tone: 'warn', tab: 'roll' });
    // A roll that is not there is one thing to do, and not two.
    const codes = stepsOf(before(3, { eligible: 0, wouldWait: 'voters-missing' }), NOW);
    expect(codes.map(({ code }) => code)).toEqual(['voters-missing', 'rehearse']);
    for (const wouldWait of ['none-of-the-above-missing', 'voters-unreadable', 'custody-not-ready'])
      expect(nextStep(before(3, { wouldWait }), NOW).code).toBe(wouldWait);
    // From the start on the server says why it waits.
    expect(stepsOf({ ...of('waits'), eligible: 0 }, NOW).map(({ code }) => code)).toEqual(['waits']);
  });

  it('says before the start how many officers have shown their shares, which is not that their key is not made', () => {
    const custody = { threshold: 2, ready: 1, alive: 0 } as never;
    const coming = { ...of('maintainers---storage'), custody, opensAt: NOW + 3 * 86_400_000 };
    const titles = stepsOf({ ...coming, wouldWait: 'custody-not-ready' }, NOW).map(({ title }) => title);
    expect(titles).toContain('1 of 2 officers have shown that they hold their shares');
    expect(titles).toContain('The officers\u2019 key is not made yet: 3 days left');
  });

  it('is the officers\u2019 own part of a count, also where their files would open nothing any more', () => {
    const found = officersElections().map(({ overview }) => overview);
    const named = (key: string) => found.find((each) => each.key === key) as (typeof found)[number];
    const unfit = {
      severity: 'error' as const,
      code: 'custody-candidate',
      ...{ file: 'elections/x/election.yaml', line: 1, column: 1, message: 'Somebody stands.', hint: '' },
    };
    const drift = [{ code: 'candidates-added' as const, ids: ['bob'] }];
    for (const more of [{}, { diagnostics: [unfit], drift, driftNames: { bob: 'Bob' } }]) {
      const counts = stepsOf({ ...named('steering---term-5'), ...more }, NOW);
      expect(counts.at(-1)).toMatchObject({ code: 'officers-count', tab: 'result' });
      const runs = stepsOf({ ...named('runs'), ...more }, NOW);
      expect(runs.at(-1)).toMatchObject({ code: 'custody-not-alive', tab: 'result' });
    }
  });

  it('ticks an approved person off when the roll has them', () => {
    const open = { ...of('steering---term-4'), requestsDue: 0 };
    expect(nextStep({ ...open, toAdd: 1 }, NOW)).toMatchObject({
      title: 'One approved person is not on the voter roll',
      tab: 'roll',
      action: 'Propose the change',
    });
    expect(nextStep({ ...open, toAdd: 0 }, NOW).title).toBe(
      `Nothing to do until ${formatUtc(open.closesAt)}`,
    );
  });

  it('says what the button does wherever there is one', () => {
    for (const overview of all)
      for (const step of [nextStep(overview, NOW), ...stepsOf(overview, NOW)])
        expect(step.action === undefined, step.code).toBe(step.tab === undefined);
  });
});
