/** A text that is not the JSON that signed files are made of. The message says what stands where. */
export class StrictJsonError extends SyntaxError {
  override readonly name = 'StrictJsonError';
  /** From 1. */
  readonly line: number;

  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.line = line;
  }
}

const DEEPEST = 24;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;
const WHOLE = /^(?:0|-?[1-9][0-9]*)$/;
const WORD = /true|false|null/y;

/**
 * Reads JSON (RFC 8259) as signed files have it, so that every reader sees the same value: no key twice in
 * an object, numbers whole and within 2^53 - 1 without point, exponent or `-0`, texts well-formed Unicode, no byte
 * order mark, at most 24 levels. Objects have no prototype, so that a key may be `__proto__`.
 * @throws StrictJsonError for anything else.
 */
export function parseStrictJson(text: string): unknown {
  let at = 0;

  const wrong = (what: string): StrictJsonError => {
    const line = text.slice(0, at).split('\n').length;
    return new StrictJsonError(line, what);
  };
  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  }
  function eat(char: string): boolean {
    take(SPACE);
    if (text[at] !== char) return false;
    at += 1;
    return true;
  }

  function string(): string {
    const raw = take(STRING);
    if (raw === null) throw wrong('expected a text in quotes');
    const value = JSON.parse(raw) as string;
    if (!value.isWellFormed()) throw wrong('a text is not well-formed Unicode');
    return value;
  }

  function object(depth: number): Record<string, unknown> {
    const made = Object.create(null) as Record<string, unknown>;
    if (eat('}')) return made;
    do {
      take(SPACE);
      const key = string();
      if (key in made) throw wrong(`the key ${JSON.stringify(key)} stands twice in one object`);
      if (!eat(':')) throw wrong('expected ":"');
      made[key] = value(depth + 1);
    } while (eat(','));
    if (!eat('}')) throw wrong('expected "," or "}"');
    return made;
  }

  function list(depth: number): unknown[] {
    const made: unknown[] = [];
    if (eat(']')) return made;
    do made.push(value(depth + 1));
    while (eat(','));
    if (!eat(']')) throw wrong('expected "," or "]"');
    return made;
  }

  function number(raw: string): number {
    const found = Number(raw);
    if (!WHOLE.test(raw) || !Number.isSafeInteger(found)) throw wrong(`${raw} is not a whole number`);
    return found;
  }

  function value(depth: number): unknown {
    if (depth > DEEPEST) throw wrong('too many brackets inside each other');
    if (eat('{')) return object(depth);
    if (eat('[')) return list(depth);
    if (text[at] === '"') return string();
    const digits = take(NUMBER);
    if (digits !== null) return number(digits);
    const word = take(WORD);
    if (word === null) throw wrong('expected a value');
    return word === 'null' ? null : word === 'true';
  }

  const read = value(0);
  take(SPACE);
  if (at < text.length) throw wrong('something follows the end');
  return read;
}
