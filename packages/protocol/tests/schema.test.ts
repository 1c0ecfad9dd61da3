import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { asFormat2, goldenFile, GOLDEN_NAMES } from './support/golden.ts';
import { resultsSchema } from '../vectors/make-results-schema.ts';

const published = JSON.parse(
  readFileSync(new URL('../../../docs/schema/results.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true }).compile(published);

describe('the schema of results.json', () => {
  it('is the shape that results are read by; node packages/protocol/vectors/make-results-schema.ts writes it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(resultsSchema())));
  });

  it.each(GOLDEN_NAMES)('fits the result %s, and not with a field more or less', (name) => {
    const file = JSON.parse(JSON.stringify(asFormat2(name))) as Record<string, unknown>;
    validate(file);
    expect(validate.errors).toBeNull();
    expect(validate({ ...file, more: 1 })).toBe(false);
    for (const field of Object.keys(file)) {
      const { [field]: _, ...less } = file;
      expect(validate(less), field).toBe(false);
    }
  });

  it('is not that of format 1', () => {
    expect(validate(JSON.parse(JSON.stringify(goldenFile('schulze'))))).toBe(false);
  });
});
