import { canonicalJson, compareCodePoints } from './canonical.ts';

/** Elements of a long list that are written in one piece. */
const SLICE = 500;

/**
 * The text of `JSON.stringify(value, null, indent)` in pieces, so that who writes a file of tens of thousands of rows can do something
 * else meanwhile. A piece is a member of `value`, or some elements of a list that is one.
 */
export function* jsonPieces(value: object, indent: 0 | 2): Generator<string> {
  const ends = indent === 0 ? { line: '', open: '{', close: '}' } : { line: '\n', open: '{\n', close: '\n}' };
  const memberOf = (key: string, inner: unknown): string =>
    JSON.stringify({ [key]: inner }, null, indent).slice(ends.open.length, -ends.close.length);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (members.length === 0) {
    yield '{}';
    return;
  }
  for (const [at, [key, inner]] of members.entries()) {
    yield at === 0 ? ends.open : `,${ends.line}`;
    if (!isLong(inner)) {
      yield memberOf(key, inner);
      continue;
    }
    const end = indent === 0 ? ']' : '\n  ]';
    const head = memberOf(key, []).length - 1;
    for (let from = 0; from < inner.length; from += SLICE) {
      const text = memberOf(key, inner.slice(from, from + SLICE)).slice(0, -end.length);
      yield from === 0 ? text : `,${text.slice(head)}`;
    }
    yield end;
  }
  yield ends.close;
}

/** The text of `canonicalJson(value)` in pieces, as `jsonPieces`. */
export function* canonicalPieces(value: object): Generator<string> {
  const members = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => compareCodePoints(a, b));
  yield '{';
  for (const [at, [key, inner]] of members.entries()) {
    yield `${at === 0 ? '' : ','}${JSON.stringify(key)}:`;
    if (!isLong(inner)) {
      yield canonicalJson(inner);
      continue;
    }
    for (let from = 0; from < inner.length; from += SLICE)
      yield `${from === 0 ? '[' : ','}${canonicalJson(inner.slice(from, from + SLICE)).slice(1, -1)}`;
    yield ']';
  }
  yield '}';
}

const isLong = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length > SLICE;
