import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';

const root = join(import.meta.dirname, '..');

/** JSON is YAML 1.2, whose reader tells a name that an object has twice: JSON's own reader takes the later one in silence. */
const twice = (text: string): string[] =>
  parseDocument(text, { prettyErrors: true })
    .errors.filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ message }) => message);

describe('names in JSON files', () => {
  it('are found when an object has one twice', () => {
    expect(twice('{ "a": "first", "b": { "a": 1 } }')).toEqual([]);
    expect(twice('{ "b": { "a": "first", "c": 0, "a": "later" } }')).toHaveLength(1);
  });

  it('stand once in every text and setting of the project: of two sentences the later would hide the other', () => {
    const files = execFileSync(
      'git',
      ['ls-files', '-z', '*.json', ':!packages/custody/vectors', ':!**/tests/golden'],
      { cwd: root, encoding: 'utf8' },
    )
      .split('\0')
      .filter((file) => file !== '');
    expect(files).toContain('packages/words/src/en/refusals.json');
    expect(files).toContain('apps/console/src/renderer/texts/steps.json');
    const found = files.flatMap((file) =>
      twice(readFileSync(join(root, file), 'utf8')).map((message) => `${file}: ${message}`),
    );
    expect(found).toEqual([]);
  });
});
