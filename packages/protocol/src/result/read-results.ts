import { parseStrictJson, StrictJsonError } from '@elekto/wire';
import type { z } from 'zod';
import type { Receipt } from '../ballot/paper.ts';
import { receiptShape, results1Shape, results2Shape } from './results-schema.ts';
import type { ResultsFile } from './results.ts';

/** A file of the right form, or what is wrong with it in a few words. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/**
 * Reads results.json of any format, strictly: a key that stands twice, a number with a point or exponent, a field
 * that is unknown, missing or of another type, and an unknown version make it invalid. What is returned is
 * the file's own value. Nothing in it has been checked but its form.
 */
export function readResults(text: string): Read<ResultsFile> {
  const json = parse(text);
  if (!json.ok) return json;
  const format = (json.value as { format?: unknown } | null)?.format;
  if (format === 'elekto-results/1') return shaped(results1Shape, json.value);
  if (format === 'elekto-results/2') return shaped(results2Shape, json.value);
  return { ok: false, why: 'it names no format that is known here' };
}

/** Reads a voter's saved receipt as strictly. */
export function readReceipt(text: string): Read<Receipt> {
  const json = parse(text);
  return json.ok ? shaped(receiptShape, json.value) : json;
}

function parse(text: string): Read<unknown> {
  try {
    return { ok: true, value: parseStrictJson(text) };
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return { ok: false, why: error.message };
  }
}

/** The value itself, not zod's copy, in which a key `__proto__` would be lost. */
function shaped<T>(shape: z.ZodType, value: unknown): Read<T> {
  const { success, error } = shape.safeParse(value);
  if (success) return { ok: true, value: value as T };
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  return {
    ok: false,
    why: `${place === '' ? 'its fields' : place}: ${issue?.message ?? 'not as it must be'}`,
  };
}
