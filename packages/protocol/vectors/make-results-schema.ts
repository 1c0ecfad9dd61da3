/** Writes docs/schema/results.schema.json from the shape that results are read by. Run it after a change of the shape. */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { z } from 'zod';
import { results2Shape } from '../src/result/results-schema.ts';

/** JSON Schema (2020-12) of results.json, format 2. What fields must be to each other is in docs/wire-format.md. */
export const resultsSchema = (): object => {
  const { $schema, ...schema } = z.toJSONSchema(results2Shape);
  return {
    $schema,
    title: 'results.json, format elekto-results/2',
    description:
      'The form of a signed result. What its fields must be to each other is in docs/wire-format.md, section 9.',
    ...schema,
  };
};

if (import.meta.main) {
  const text = await format(JSON.stringify(resultsSchema()), { parser: 'json', printWidth: 110 });
  writeFileSync(new URL('../../../docs/schema/results.schema.json', import.meta.url), text);
}
