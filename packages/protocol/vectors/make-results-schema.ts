/** Writes the schemas of results.json in docs/schema from the shapes that results are read by. Run it after a change of a shape. */
import { writeFileSync } from 'node:fs';
import { format } from 'oxfmt';
import { z } from 'zod';
import { results2Shape, results3Shape } from '../src/result/results-schema.ts';

const SHAPES = { 2: results2Shape, 3: results3Shape } as const;
export type SchemaFormat = keyof typeof SHAPES;

/** Where the schema of a format is published, below docs/schema. */
export const SCHEMA_FILES: Readonly<Record<SchemaFormat, string>> = {
  2: 'results.schema.json',
  3: 'results-3.schema.json',
};

/** JSON Schema (2020-12) of results.json of a format. What fields must be to each other is in docs/wire-format.md. */
export const resultsSchema = (number: SchemaFormat): object => {
  const { $schema, ...schema } = z.toJSONSchema(SHAPES[number]);
  return {
    $schema,
    title: `results.json, format elekto-results/${number}`,
    description:
      'The form of a signed result. What its fields must be to each other is in docs/wire-format.md, section 9.',
    ...schema,
  };
};

if (import.meta.main) {
  for (const number of [2, 3] as const) {
    const name = SCHEMA_FILES[number];
    const { code } = await format(name, JSON.stringify(resultsSchema(number)), { printWidth: 110 });
    writeFileSync(new URL(`../../../docs/schema/${name}`, import.meta.url), code);
  }
}
