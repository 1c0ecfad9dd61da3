import { parseStrictJson, StrictJsonError } from '@elekto/wire';
import type { z } from 'zod';
import type { Receipt } from '../ballot/paper.ts';
import type { CheckCode, Facts } from './check.ts';
import { receiptShape, results1Shape, results2Shape, results3Shape } from './results-schema.ts';
import type { ResultsFile } from './results.ts';

/** A file of the right form, or what is wrong with it. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: CheckCode; readonly facts: Facts };

type Kind = 'results' | 'receipt';

/**
 * Reads results.json of any format, strictly: a key that stands twice, a number with a point or exponent, a field
 * that is unknown, missing or of another type, and an unknown version make it invalid. What is returned is
 * the file's own value. Nothing in it has been checked but its form.
 */
export function readResults(text: string): Read<ResultsFile> {
  const json = parse('results', text);
  if (!json.ok) return json;
  const format = (json.value as { format?: unknown } | null)?.format;
  if (format === 'elekto-results/1') return shaped('results', results1Shape, json.value);
  if (format === 'elekto-results/2') return shaped('results', results2Shape, json.value);
  if (format === 'elekto-results/3') return shaped('results', results3Shape, json.value);
  return { ok: false, code: 'results-format', facts: {} };
}

/** Reads a voter's saved receipt as strictly. */
export function readReceipt(text: string): Read<Receipt> {
  const json = parse('receipt', text);
  return json.ok ? shaped('receipt', receiptShape, json.value) : json;
}

function parse(kind: Kind, text: string): Read<unknown> {
  try {
    return { ok: true, value: parseStrictJson(text) };
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return { ok: false, code: `${kind}-no-json`, facts: { line: error.line } };
  }
}

/** The value itself, not zod's copy, in which a key `__proto__` would be lost. */
function shaped<T>(kind: Kind, shape: z.ZodType, value: unknown): Read<T> {
  const { success, error } = shape.safeParse(value);
  if (success) return { ok: true, value: value as T };
  const place = error.issues[0]?.path.join('.') ?? '';
  return { ok: false, code: place === '' ? `${kind}-fields` : `${kind}-field`, facts: { place } };
}
