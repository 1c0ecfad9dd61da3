import { expect, it } from 'vitest';
import { recordCsv, recordJsonLines } from './record-files.ts';

const events = [
  { seq: 1, at: 0, actor: 'server', action: 'opened', detail: 'Manifest "3f", pinned', hash: 'aa' },
  { seq: 2, at: 1000, actor: '=cmd()', action: 'exception-approved', detail: 'two\nlines', hash: 'bb' },
];

it('the record as JSON lines has every entry on a line of its own', () => {
  const lines = recordJsonLines(events).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual([
    { ...events[0], at: '1970-01-01T00:00:00.000Z' },
    { ...events[1], at: '1970-01-01T00:00:01.000Z' },
  ]);
});

it('the record as CSV keeps commas, quotes and lines in their cell, and no cell is a formula', () => {
  expect(recordCsv(events)).toBe(
    'seq,at,actor,action,detail,hash\r\n' +
      '1,1970-01-01T00:00:00.000Z,server,opened,"Manifest ""3f"", pinned",aa\r\n' +
      '2,1970-01-01T00:00:01.000Z,\'=cmd(),exception-approved,"two\nlines",bb\r\n',
  );
  for (const actor of [' =1', '\uff1d1', '@a'])
    expect(recordCsv([{ seq: 1, at: 0, actor, action: 'a', detail: 'd', hash: 'h' }])).toMatch(/,"?'/);
});
