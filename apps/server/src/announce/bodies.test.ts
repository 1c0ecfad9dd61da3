import { describe, expect, it } from 'vitest';

import { bodyOf, type Told } from './bodies.ts';

const name = '@everyone <!channel> *Board* <b>&</b> [x](https://evil.example)';
const told: Told = {
  code: 'result',
  key: 'board/2027',
  at: Date.UTC(2027, 2, 1),
  election: {
    name,
    opensAt: Date.UTC(2027, 1, 1),
    closesAt: Date.UTC(2027, 1, 8),
    exceptionsDueAt: Date.UTC(2027, 1, 5),
    seats: 1,
    candidates: 3,
    url: 'https://vote.example.org/elections/board%2F2027/',
    elected: ['Ada @here', 'Bob'],
    turnout: { cast: 30, eligible: 40 },
  },
};
const sent = (format: Parameters<typeof bodyOf>[0], code: Told['code'] = 'result') =>
  JSON.parse(bodyOf(format, { ...told, code })) as Record<string, string> & { data: Record<string, unknown> };

describe('what a hook is sent', () => {
  it('says who is elected, the turnout and where to check it', () => {
    for (const text of [
      sent('slack')['text'],
      sent('discord')['content'],
      sent('matrix')['text'],
      sent('json').data['text'],
    ]) {
      expect(text).toContain('Bob');
      expect(text).toMatch(/30 of 40 people/);
      expect(text).toContain('https://vote.example.org/elections/board%2F2027/');
    }
  });

  it('promises no steps and no check of a report that officers wrote themselves, and names nobody', () => {
    const election = { ...told.election, elected: null };
    for (const format of ['slack', 'discord', 'matrix', 'json'] as const) {
      const body = bodyOf(format, { ...told, election });
      expect(body).toContain('What the election officers report');
      expect(body).not.toMatch(/every step|Elected|Ada|Bob/);
    }
  });

  it('calls nobody and is no markup, whatever a name is', () => {
    const slack = sent('slack')['text'] ?? '';
    expect(slack).not.toMatch(/<!channel>|@here|@everyone/);
    expect(slack).toContain('&lt;');
    const discord = sent('discord');
    expect(discord['content']).not.toMatch(/@here|@everyone|[^\\]\[x\\?\]\(/);
    expect(discord['allowed_mentions']).toEqual({ parse: [] });
    const matrix = sent('matrix');
    expect(matrix['html']).not.toMatch(/<b>|@everyone/);
    expect(matrix['html']).toMatch(/^<p><strong>Result: /);
    expect(matrix['text']).not.toMatch(/@everyone/);
  });

  it('keeps to what Discord takes, names as many as there is room for, and says how many more there are', () => {
    const elected = Array.from({ length: 100 }, (_, index) => `${'Maximiliane_von_'.repeat(4)}${index}`);
    for (const long of [name, '*_'.repeat(2000), '\u{1f3db}'.repeat(3000)])
      for (const who of [
        elected,
        elected.slice(0, 1),
        [`${'n'.repeat(5000)}`],
        [...elected, 'x'.repeat(9000)],
        null,
      ]) {
        const election = { ...told.election, name: long, elected: who };
        for (const code of ['opening', 'reminder', 'closing', 'result'] as const) {
          const { content = '' } = JSON.parse(bodyOf('discord', { ...told, code, election })) as {
            content: string;
          };
          expect(content.length).toBeLessThanOrEqual(2000);
          expect(content.isWellFormed()).toBe(true);
          expect(content).toContain(told.election.url);
        }
      }
    const { content = '' } = JSON.parse(
      bodyOf('discord', { ...told, election: { ...told.election, elected } }),
    ) as { content: string };
    const said = /and (\d+) more people/.exec(content)?.[1];
    expect(elected.filter((_, index) => content.includes(`_${index},`))).toHaveLength(100 - Number(said));
    expect(Number(said)).toBeLessThan(95);
    expect(content).toContain('The page below names everybody.');
    const others = [...elected, 'Zoe'];
    expect(bodyOf('slack', { ...told, election: { ...told.election, elected: others } })).toContain('Zoe');
  });

  it('is data for programs, which says of a result who and how many, and before it neither', () => {
    const { type, timestamp, data } = sent('json');
    expect({ type, timestamp }).toEqual({ type: 'election.result', timestamp: '2027-03-01T00:00:00.000Z' });
    expect(data).toMatchObject({ election: 'board/2027', name, elected: ['Ada @here', 'Bob'] });
    for (const code of ['opening', 'reminder', 'closing'] as const) {
      expect(Object.keys(sent('json', code).data).sort()).toEqual(
        ['closesAt', 'election', 'name', 'opensAt', 'text', 'url'].sort(),
      );
    }
  });
});
