import { describe, expect, it } from 'vitest';
import { demoElections, NOW, stageElections } from '../../../tests/harness/fixtures.ts';
import type { AuditEvent } from '../backend/model.ts';
import { timelineOf } from './timeline.ts';

const all = [...demoElections(), ...stageElections()].map(({ overview }) => overview);
const of = (key: string) => {
  const found = all.find((overview) => overview.key === key);
  if (found === undefined) throw new Error(key);
  return found;
};
const event = (action: string, at: number, actor = 'server'): AuditEvent => ({
  seq: 1,
  at,
  actor,
  action,
  detail: '',
  hash: '',
});
const told = (key: string, record: readonly AuditEvent[] = []): string[] =>
  timelineOf(of(key), record, NOW).map(({ code, state }) => `${code} ${state}`);

describe('the life of an election', () => {
  it('runs from its dates to the result', () => {
    expect(told('steering---term-4')).toEqual([
      'seen done',
      'nominations done',
      'opens done',
      'exceptions-due coming',
      'closes coming',
      'counted coming',
      'published coming',
    ]);
  });

  it('begins with the folder, and says until the opening whether it was rehearsed', () => {
    const upcoming = of('maintainers---storage');
    const begins = (changes: Partial<typeof upcoming>): string[] =>
      timelineOf({ ...upcoming, ...changes }, [], NOW)
        .slice(0, 3)
        .map(({ code, state, by }) => `${code} ${state} ${by}`);
    expect(begins({})).toContain('rehearsed coming null');
    const rehearsed = { at: NOW - 1_000, by: 'edda-lind', changed: false };
    expect(begins({ rehearsed, seenAt: NOW - 2_000 }).slice(0, 2)).toEqual([
      'seen done null',
      'rehearsed done edda-lind',
    ]);
    expect(begins({ seenAt: null })[0]).not.toMatch(/^seen/);
  });

  it('has an end that is over once it is counted, by a clock that is a little behind, too', () => {
    const counted = of('docs---leads');
    const closes = (stage: 'counted' | 'open') =>
      timelineOf({ ...counted, stage }, [], counted.closesAt - 9_000).find(({ code }) => code === 'closes')
        ?.state;
    expect([closes('counted'), closes('open')]).toEqual(['done', 'coming']);
  });

  it('has the end of nominations where the files have one', () => {
    const moments = (at: number | null): string[] =>
      timelineOf(of('maintainers---storage'), [], NOW, at).map(({ code, state }) => `${code} ${state}`);
    expect(moments(NOW - 1)).toContain('nominations-end done');
    expect(moments(NOW + 1)).toContain('nominations-end coming');
    expect(moments(null).join()).not.toContain('nominations-end');
  });

  it('opens at its start, whenever its box was first asked for', () => {
    const { opensAt } = of('steering---term-4');
    const record = [event('opened', opensAt + 5_000_000)];
    const moments = timelineOf(of('steering---term-4'), record, NOW).map(({ at }) => at);
    expect(moments).toContain(opensAt);
    expect(moments).not.toContain(opensAt + 5_000_000);
  });

  it('has late what should have been by now', () => {
    expect(told('waits')).toContain('opens late');
    expect(told('stuck')).toContain('counted late');
    expect(told('disputed')).toContain('published late');
    expect(told('docs---leads')).toContain('counted now');
  });

  it('waits for the decision on a tie before it is to be published', () => {
    expect(told('tie---draw').slice(-2)).toEqual(['tie now', 'published coming']);
    expect(told('steering---term-3').at(-1)).toBe('published now');
  });

  it('names the officer who decided, counted, started anew or marked, and no server', () => {
    const record = [
      event('voting-restarted', NOW - 36 * 86_400_000, 'rui-tavares'),
      event('counted', NOW - 32 * 86_400_000),
      event('tie-decided', NOW - 31 * 86_400_000, 'edda-lind'),
      event('published', NOW - 30 * 86_400_000),
    ];
    expect(timelineOf(of('agreed'), record, NOW).map(({ code, by }) => [code, by])).toEqual([
      ['seen', null],
      ['nominations', null],
      ['opens', null],
      ['restarted', 'rui-tavares'],
      ['exceptions-due', null],
      ['closes', null],
      ['counted', null],
      ['tie-decided', 'edda-lind'],
      ['published', null],
    ]);
  });

  it('promises no count of what was not held here', () => {
    expect(told('held')).toEqual([
      'seen done',
      'nominations done',
      'opens done',
      'exceptions-due done',
      'closes done',
      'elsewhere done',
    ]);
  });
});
