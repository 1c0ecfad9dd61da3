/** Writes docs/schema/roll.schema.json from the shape that roll.yaml is read by. Run it after a change of the shape. */
import { writeFileSync } from 'node:fs';
import { format } from 'oxfmt';
import { z } from 'zod';
import { rollShape } from '../src/rules/shape.ts';

/** JSON Schema (2020-12) of roll.yaml, with a description of each word for editors. */
export const rollSchema = (): object => {
  const { $schema, ...schema } = z.toJSONSchema(rollShape, { io: 'input' });
  return {
    $schema,
    title: 'roll.yaml',
    description:
      'Who may vote, by rules: "elekto roll build" writes voters.yaml by them. docs/roll.md explains each.',
    ...schema,
  };
};

if (import.meta.main) {
  const name = 'roll.schema.json';
  const { code } = await format(name, JSON.stringify(rollSchema()), { printWidth: 110 });
  writeFileSync(new URL(`../../../docs/schema/${name}`, import.meta.url), code);
}
