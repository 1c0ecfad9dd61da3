import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const rows = readFileSync(join(root, 'docs/operators-faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, name] = /`([\w/.-]+\.test\.ts)`: (.+?) *\|$/.exec(line) ?? [];
    return file === undefined || name === undefined ? [] : [{ file, name }];
  });

it('the table of faults names tests', () => expect(rows.length).toBeGreaterThan(15));

it.each(rows)('$file has the test that the table of faults names: $name', ({ file, name }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(name);
});
