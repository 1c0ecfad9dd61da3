import { describe, expect, it } from 'vitest';
import { readPlan } from './read-plan.ts';

const doneIn = (text: string) => readPlan('plan.yaml', text).done;

describe('plan.yaml', () => {
  it('says what is done, whoever wrote it how', () => {
    const text =
      'election: x\nactivities:\n  - id: roll\n    done: true\n  - { id: opens, done: false }\n  - { id: count, done: Yes }\n  - what: else\n    done: true\n';
    expect(doneIn(text)).toEqual(['roll', 'count']);
    expect(doneIn('')).toEqual([]);
  });

  it('is told from what is none', () => {
    for (const text of ['my own notes', 'activities: none', '- a', 'activities: [', '&a [*a]'])
      expect(doneIn(text), text).toBeNull();
    expect(readPlan('plan.yaml', 'notes').report.diagnostics).toMatchObject([{ code: 'plan-unreadable' }]);
  });
});
