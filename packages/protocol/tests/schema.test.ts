import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { goldenCount } from './support/count.ts';
import { asFormat2, goldenFile, GOLDEN_NAMES } from './support/golden.ts';
import { resultsSchema, SCHEMA_FILES } from '../vectors/make-results-schema.ts';
import type { SchemaFormat } from '../vectors/make-results-schema.ts';

const published = (number: SchemaFormat): object =>
  JSON.parse(
    readFileSync(new URL(`../../../docs/schema/${SCHEMA_FILES[number]}`, import.meta.url), 'utf8'),
  ) as object;
const validatorOf = (number: SchemaFormat) => new Ajv2020({ allErrors: true }).compile(published(number));
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

describe.each([2, 3] as const)('the schema of results.json, format %i', (number) => {
  const validate = validatorOf(number);
  const files =
    number === 2
      ? GOLDEN_NAMES.map((name) => [name, plain(asFormat2(name))] as const)
      : ['plain', 'tie-decided', 'no-ballots'].map((name) => [name, plain(goldenCount(name).file)] as const);

  it('is the shape that results are read by; node packages/protocol/vectors/make-results-schema.ts writes it', () => {
    expect(published(number)).toEqual(plain(resultsSchema(number)));
  });

  it.each(files)('fits the result %s, and not with a field more or less', (_name, file) => {
    validate(file);
    expect(validate.errors).toBeNull();
    expect(validate({ ...file, more: 1 })).toBe(false);
    for (const field of Object.keys(file)) {
      const { [field]: _, ...less } = file;
      expect(validate(less), field).toBe(false);
    }
  });

  it('is not that of another format', () => {
    expect(validate(plain(goldenFile('schulze')))).toBe(false);
    expect(validate(plain(number === 2 ? goldenCount('plain').file : asFormat2('schulze')))).toBe(false);
  });
});
