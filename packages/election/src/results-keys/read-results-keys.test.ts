import { describe, expect, it } from 'vitest';
import { keyStanding } from './known-key.ts';
import { readResultsKeys } from './read-results-keys.ts';

const KEY = 'A'.repeat(43);
const OTHER = `${'b'.repeat(42)}A`;
const read = (text: string) => {
  const { keys, report } = readResultsKeys('elections/results-keys.yaml', text);
  return { keys, said: report.diagnostics.map((d) => `${d.severity} ${d.line} ${d.code}`) };
};
const entry = (more = '', key = KEY): string => `- key: ${key}\n  server: https://vote.example.org\n${more}`;

describe('results-keys.yaml', () => {
  it('lists keys with their servers, of now and of before', () => {
    const { keys, said } = read(
      `# reviewed\n${entry('  until: 2026-05-31\n')}${entry('  from: 2026-06-01 12:00:00\n', OTHER)}`,
    );
    expect(said).toEqual([]);
    expect(keys).toEqual([
      {
        key: KEY,
        server: 'https://vote.example.org',
        from: null,
        until: Date.UTC(2026, 4, 31, 23, 59, 59),
        line: 2,
      },
      {
        key: OTHER,
        server: 'https://vote.example.org',
        from: Date.UTC(2026, 5, 1, 12),
        until: null,
        line: 5,
      },
    ]);
  });

  it.each(['', '# nothing yet\n', '[]', '~'])('may list nothing: %j', (text) => {
    expect(read(text)).toEqual({ keys: [], said: [] });
  });

  it.each([
    ['a key of another length', `- key: abc\n  server: https://a.example\n`, 'error 1 results-key-invalid'],
    [
      'a key in hex',
      `- key: ${'ab'.repeat(32)}\n  server: https://a.example\n`,
      'error 1 results-key-invalid',
    ],
    ['a key with loose bits', entry('', `${'A'.repeat(42)}B`), 'error 1 results-key-invalid'],
    ['no key', '- server: https://a.example\n', 'error 1 results-key-invalid'],
    ['no server', `- key: ${KEY}\n`, 'error 1 results-key-server'],
    [
      'a server that is a script',
      `- key: ${KEY}\n  server: javascript:alert(1)\n`,
      'error 2 results-key-server',
    ],
    [
      'a server with a password',
      `- key: ${KEY}\n  server: https://u:p@a.example\n`,
      'error 2 results-key-server',
    ],
    ['a server that is a name', `- key: ${KEY}\n  server: vote.example.org\n`, 'error 2 results-key-server'],
    ['a day that does not exist', entry('  from: 2026-02-30\n'), 'error 3 results-key-dates'],
    [
      'an end before the start',
      entry('  from: 2026-02-02\n  until: 2026-02-01\n'),
      'error 1 results-key-dates',
    ],
    ['a text', `- ${KEY}\n`, 'error 1 results-keys-shape'],
    ['a key that is a list', `- key: [${KEY}]\n  server: https://a.example\n`, 'error 1 results-keys-shape'],
    ['two keys in one entry', entry(`  key: ${OTHER}\n`), 'error 3 results-keys-shape'],
  ])('leaves out an entry with %s, and keeps the next', (_, text, code) => {
    const { keys, said } = read(text + entry('', OTHER));
    expect(said).toEqual([code]);
    expect(keys.map((each) => each.key)).toEqual([OTHER]);
  });

  it('keeps the first of two entries for one key', () => {
    const { keys, said } = read(entry('  until: 2026-01-01\n') + entry());
    expect(keys).toHaveLength(1);
    expect(keys[0]?.until).not.toBeNull();
    expect(said).toEqual(['error 4 results-key-twice']);
  });

  it('names a field that is not known', () => {
    expect(read(entry('  note: ours\n')).said).toEqual(['warning 3 field-unknown']);
  });

  it.each([
    ['key: x', 'results-keys-shape'],
    ['[', 'yaml-invalid'],
    ['!!python/object [x]', 'yaml-tag'],
    ['x'.repeat(70_000), 'file-too-big'],
  ])('trusts nothing in a file that is something else: %.20s', (text, code) => {
    const { keys, said } = read(text);
    expect(keys).toEqual([]);
    expect(said.some((each) => each.startsWith('error') && each.endsWith(code))).toBe(true);
  });
});

describe('the key of a result', () => {
  const { keys } = read(entry('  from: 2026-01-01\n  until: 2026-01-31\n'));
  const closing = (month: number, day: number) => ({ closesAt: Date.UTC(2026, month, day) });

  it('is known for elections that end while it was in use', () => {
    expect(keyStanding(keys, KEY, closing(0, 31))).toEqual({ kind: 'known', entry: keys[0] });
  });

  it('is of another time before and after', () => {
    expect(keyStanding(keys, KEY, { closesAt: Date.UTC(2025, 11, 31, 23, 59, 59, 999) }).kind).toBe(
      'other-time',
    );
    expect(keyStanding(keys, KEY, closing(1, 1)).kind).toBe('other-time');
  });

  it('is unknown when the list does not have it, character for character', () => {
    expect(keyStanding(keys, OTHER, closing(0, 10))).toEqual({ kind: 'unknown' });
    expect(keyStanding(keys, KEY.toLowerCase(), closing(0, 10))).toEqual({ kind: 'unknown' });
    expect(keyStanding([], '', closing(0, 10))).toEqual({ kind: 'unknown' });
  });
});
