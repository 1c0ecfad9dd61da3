import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { VARIABLES, type Variable } from './variables.ts';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const variables: readonly Variable[] = VARIABLES;

it('is documented row by row in docs/operators.md, in the same order and words', () => {
  const rows = read('docs/operators.md')
    .split('\n')
    .flatMap((line) => /^\| `([A-Z_]+)`( [*\\]+)? *\| (.*?) *\| (?:`(.*?)`)? *\|/.exec(line) ?? [])
    .reduce<string[][]>((all, cell, i) => (i % 5 === 0 ? [...all, []] : (all.at(-1)?.push(cell), all)), []);
  const wanted = variables.map(({ name, secret, about, fallback }) => [
    name,
    secret && ' *',
    about,
    fallback,
  ]);
  expect(rows).toEqual(wanted);
});

it('is all in .env.example, but for what only the demo sets', () => {
  const named = [...read('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
  const wanted = variables.map(({ name }) => name).filter((name) => name !== 'ELEKTO_DEMO_SIGN_IN');
  expect([...named].sort()).toEqual([...wanted].sort());
});
