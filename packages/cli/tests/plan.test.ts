import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { activitiesFor } from '@elekto/words';
import { elekto, folder } from './support.ts';

const yaml = (start = '2027-09-01 00:00:00'): string =>
  `name: Board 2027\nstart_datetime: ${start}\nend_datetime: 2027-09-27 23:59:59\nexception_due: 2027-09-10\nno_winners: 2\nelection_officers: [ada]\nnominations:\n  opens: 2027-07-01\n  closes: 2027-08-15\n  endorsements: 2\n`;

describe('elekto plan', () => {
  it('writes a plan and a calendar by the dates, prints a checklist, and keeps what is done when dates move', async () => {
    const at = folder();
    writeFileSync(join(at, 'election.yaml'), yaml());
    const ran = await elekto(['plan', at]);
    expect(ran.status).toBe(0);
    expect(ran.out).toContain('- [ ] 2027-08-15 Nominations close\n');
    expect(ran.out).toContain(
      '- [ ] 2027-08-16 Look whether every candidate has the endorsements (elekto lint)\n',
    );
    const plan = readFileSync(join(at, 'plan.yaml'), 'utf8');
    const { activities } = parse(plan, { schema: 'core' }) as { activities: { id: string; date: string }[] };
    expect(activities.length).toBeGreaterThanOrEqual(20);
    expect(activities.map(({ date }) => date)).toEqual(activities.map(({ date }) => date).toSorted());
    const calendar = readFileSync(join(at, 'plan.ics'), 'utf8');
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(activities.length);
    expect(calendar).toContain('DTSTART:20270901T000000Z');
    // RFC 5545: an end has to be later than the start; without one it is a moment.
    expect(calendar).not.toContain('DTEND');

    writeFileSync(join(at, 'plan.yaml'), plan.replace(/(id: opens\n\s+done:) false/, '$1 true'));
    writeFileSync(join(at, 'election.yaml'), yaml('2027-09-02 00:00:00'));
    const again = await elekto(['plan', at]);
    expect(again.out).toContain('- [x] 2027-09-02 Voting opens');
    expect(readFileSync(join(at, 'plan.yaml'), 'utf8')).toMatch(
      /2027-09-02 00:00:00\n.*Voting opens[^]*?id: opens\n\s+done: true/,
    );

    writeFileSync(join(at, 'plan.yaml'), 'my own notes');
    const refused = await elekto(['plan', at]);
    expect(refused.status).not.toBe(0);
    expect(readFileSync(join(at, 'plan.yaml'), 'utf8')).toBe('my own notes');
  });

  it('gives the activities of two elections of one year names of their own in the calendar', async () => {
    const at = folder();
    const names: string[] = [];
    for (const body of ['board', 'court']) {
      const place = join(at, 'elections', body, '2027');
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'election.yaml'), yaml());
      expect((await elekto(['plan', place])).status).toBe(0);
      const calendar = readFileSync(join(place, 'plan.ics'), 'utf8').replaceAll('\r\n ', '');
      names.push(...[...calendar.matchAll(/^UID:(.*)$/gm)].map(([, name = '']) => name.trim()));
    }
    expect(names).toContain('opens-court---2027@plan.elekto');
    expect(new Set(names).size).toBe(names.length);
  });

  it('has no two activities of one name, and none of endorsements that nobody needs', () => {
    const dates = {
      name: 'x',
      opensAt: Date.UTC(2027, 8, 1),
      closesAt: Date.UTC(2027, 8, 14),
      exceptionsDueAt: Date.UTC(2027, 8, 5),
    };
    const ids = activitiesFor(dates).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain('endorsements');
  });
});
