import { activitiesFor } from '@elekto/words';
import { describe, expect, it } from 'vitest';
import { demoElections, NOW, type FakeElection } from '../../../tests/harness/fixtures.ts';
import { planDone } from './plan-done.ts';

const [open, , counted, , coming] = demoElections() as [
  FakeElection,
  FakeElection,
  FakeElection,
  FakeElection,
  FakeElection,
];
const done = ({ overview, definition }: FakeElection, more: Partial<FakeElection['overview']> = {}) => [
  ...planDone({ ...overview, ...more }, { ...definition, planDone: [] }, NOW),
];

describe('what is done of a plan', () => {
  it('is what the state of the election shows, and nothing that only people know', () => {
    expect(done(coming)).toEqual(['officers', 'folder', 'roll']);
    expect(done(coming, { rehearsed: { at: NOW, by: 'edda-lind', changed: false }, eligible: 0 })).toEqual([
      'officers',
      'folder',
      'rehearse',
    ]);
    expect(done(open)).not.toContain('closes');
    expect(done(counted)).toEqual(expect.arrayContaining(['exceptions-close', 'closes', 'count']));
    expect(done(counted)).not.toContain('publish');
    expect(done(counted, { openTies: 1 })).not.toContain('count');
    expect(done(counted, { stage: 'published' })).toContain('publish');
    for (const election of [open, counted, coming])
      for (const id of ['announce', 'remind-middle', 'candidates-told', 'opens'])
        expect(done(election)).not.toContain(id);
  });

  it('is decided only when every request has an answer and is on the roll', () => {
    const over = { exceptionsDueAt: NOW - 1, requestsDue: 0, toAdd: 0 };
    expect(done(open, over)).toContain('exceptions-decided');
    for (const more of [{ requestsDue: 1 }, { toAdd: 1 }, { exceptionsDueAt: NOW + 1 }])
      expect(done(open, { ...over, ...more })).not.toContain('exceptions-decided');
  });

  it('knows the endorsements once nominations are closed', () => {
    const definition = {
      ...coming.definition,
      planDone: [],
      nominations: { opensAt: null, closesAt: NOW - 1, endorsements: 3 },
    };
    const short = {
      code: 'candidate-endorsements-missing',
      severity: 'warning' as const,
      file: 'x',
      line: 1,
      column: 1,
      message: '',
      hint: '',
    };
    expect([...planDone(coming.overview, definition, NOW)]).toEqual(
      expect.arrayContaining(['nominations-close', 'endorsements']),
    );
    expect([...planDone({ ...coming.overview, diagnostics: [short] }, definition, NOW)]).not.toContain(
      'endorsements',
    );
  });

  it('is also what plan.yaml says, and every name is one of the plan', () => {
    expect([...planDone(coming.overview, coming.definition, NOW)]).toEqual(
      expect.arrayContaining(['announce', 'questions']),
    );
    const ids = activitiesFor({
      ...counted.overview,
      nominations: { opensAt: null, closesAt: counted.overview.opensAt, endorsements: 1 },
    }).map(({ id }) => id);
    const all = planDone(
      {
        ...counted.overview,
        stage: 'published',
        rehearsed: { at: NOW, by: 'x', changed: false },
        requestsDue: 0,
      },
      {
        ...counted.definition,
        planDone: [],
        nominations: { opensAt: null, closesAt: NOW - 1, endorsements: 1 },
      },
      NOW,
    );
    for (const id of all) expect(ids).toContain(id);
  });
});
