/** Every small change of a JSON value: each field dropped, doubled, retyped, changed, put into another order. */

export interface Change {
  /** Where and how: `outcome.seats.elected: reversed`. */
  readonly name: string;
  /** The changed value; null where only the text can say it. */
  readonly value: unknown;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Changes of a value and of everything in it. Of long lists and tables the first, a middle and the last entry are taken. */
export function* changesOf(value: Json, path = ''): Generator<Change> {
  const at = (how: string, changed: unknown): Change => ({ name: `${path}: ${how}`, value: changed });
  if (value === null) yield at('a text for null', 'x');
  else if (typeof value === 'boolean') {
    yield at('the other', !value);
    yield at('a text', String(value));
  } else if (typeof value === 'number') {
    yield at('one more', value + 1);
    yield at('negative', -1 - value);
    yield at('a text', String(value));
    yield at('a list', [value]);
  } else if (typeof value === 'string') {
    yield at('another last character', changedText(value));
    yield at('empty', '');
    yield at('longer', `${value}0`);
    yield at('a number', 7);
    yield at('null', null);
  } else if (Array.isArray(value)) yield* changesOfList(value as readonly Json[], path, at);
  else yield* changesOfObject(value as { readonly [key: string]: Json }, path, at);
}

/** Of hex and base64url a character that can stand there, too. */
function changedText(text: string): string {
  const last = text.at(-1) ?? '';
  return text.slice(0, -1) + (last === '0' ? '4' : /[0-9a-f]/.test(last) ? '0' : last === 'A' ? 'E' : 'A');
}

type At = (how: string, changed: unknown) => Change;

const sampled = (length: number): number[] =>
  [...new Set([0, Math.floor(length / 2), length - 1])].filter((i) => i >= 0);

function* changesOfList(list: readonly Json[], path: string, at: At): Generator<Change> {
  yield at('an object', { ...list });
  yield at('null', null);
  yield at('one more', [...list, list.at(-1) ?? 'x']);
  if (list.length === 0) return;
  yield at('empty', []);
  const reversed = list.toReversed();
  if (JSON.stringify(reversed) !== JSON.stringify(list)) yield at('reversed', reversed);
  if (list.length > 1) {
    yield at(
      'all the same',
      list.map(() => list[0]),
    );
    if (JSON.stringify(list[0]) !== JSON.stringify(list[1]))
      yield at('two exchanged', [list[1], list[0], ...list.slice(2)]);
  }
  for (const i of sampled(list.length)) {
    yield at(`${i} dropped`, list.toSpliced(i, 1));
    yield at(`${i} doubled`, list.toSpliced(i, 0, list[i] as Json));
    for (const { name, value } of changesOf(list[i] as Json, `${path}.${i}`))
      yield { name, value: list.with(i, value as Json) };
  }
}

function* changesOfObject(object: { readonly [key: string]: Json }, path: string, at: At): Generator<Change> {
  yield at('a list', [object]);
  yield at('null', null);
  yield at('a stranger in it', { ...object, stranger: 1 });
  const keys = Object.keys(object);
  // An object by candidate has many alike; one with fields has each different.
  const taken =
    keys.includes('format') || keys.length < 17 ? keys : sampled(keys.length).map((i) => keys[i] ?? '');
  for (const key of taken) {
    const { [key]: _, ...without } = object;
    yield { name: `${path}.${key}: dropped`, value: without };
    for (const { name, value } of changesOf(object[key] as Json, path === '' ? key : `${path}.${key}`)) {
      yield { name, value: { ...object, [key]: value } };
    }
  }
}
