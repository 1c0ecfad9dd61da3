import type { Outcome } from '../model.ts';
import { keysOf } from './json.ts';

/** The outcome as YAML 1.2, with the same keys and the same determinism as `toJson`. */
export function toYaml(outcome: Outcome): string {
  return `${block(outcome, outcome.candidates, '').join('\n')}\n`;
}

/** Strings are written as JSON strings, which are YAML too, so that no id is read as another type. */
function block(value: unknown, candidates: readonly string[], indent: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const lines = block(item, candidates, `${indent}  `);
      return inline(item) === null
        ? [`${indent}- ${(lines[0] ?? '').trimStart()}`, ...lines.slice(1)]
        : [`${indent}- ${inline(item)}`];
    });
  }
  const object = value as Record<string, unknown>;
  return keysOf(object, candidates).flatMap((key) => {
    const item = object[key];
    const name =
      /^[a-zA-Z][a-zA-Z]*$/.test(key) && Object.getPrototypeOf(object) !== null ? key : JSON.stringify(key);
    const short = inline(item);
    return short === null
      ? [`${indent}${name}:`, ...block(item, candidates, `${indent}  `)]
      : [`${indent}${name}: ${short}`];
  });
}

/** A value that fits on its line; null for one that needs lines of its own. */
function inline(value: unknown): string | null {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    return value.every((item) => item === null || typeof item !== 'object')
      ? `[${value.map(inline).join(', ')}]`
      : null;
  }
  return Object.keys(value).length === 0 ? '{}' : null;
}
