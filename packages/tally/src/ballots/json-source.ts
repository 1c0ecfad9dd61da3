import { BallotsFormatError } from '../model.ts';

/** A value of a JSON or YAML text with the place it starts at. Numbers stay as they are written. */
export interface SourceNode {
  readonly line: number;
  readonly column: number;
  readonly value:
    | { readonly kind: 'object'; readonly entries: readonly SourceEntry[] }
    | { readonly kind: 'list'; readonly items: readonly SourceNode[] }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'other'; readonly text: string };
}

export interface SourceEntry {
  readonly key: string;
  readonly line: number;
  readonly column: number;
  readonly node: SourceNode;
}

const DEEPEST = 64;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Parses JSON (RFC 8259) and keeps where everything stands, which JSON.parse does not tell, and numbers
 * as text, which JSON.parse rounds past 2^53. `start` is where the text starts in its file.
 * @throws BallotsFormatError where the text stops being JSON.
 */
export function parseJsonSource(text: string, start = { line: 1, column: 1 }): SourceNode {
  const parser = new Parser(text.startsWith('\ufeff') ? text.slice(1) : text, start);
  return parser.document();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #line: number;
  #lineStart: number;

  constructor(text: string, start: { readonly line: number; readonly column: number }) {
    this.#text = text;
    this.#line = start.line;
    this.#lineStart = 1 - start.column;
  }

  document(): SourceNode {
    const node = this.#value(0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#expected('the end of the file');
    return node;
  }

  #value(depth: number): SourceNode {
    this.#skipSpace();
    const place = { line: this.#line, column: this.#column() };
    if (depth > DEEPEST) throw this.#expected('fewer brackets inside each other');
    const next = this.#text[this.#at];
    if (next === '{') return { ...place, value: this.#object(depth) };
    if (next === '[') return { ...place, value: this.#list(depth) };
    if (next === '"') return { ...place, value: { kind: 'string', text: this.#string() } };
    const number = this.#take(NUMBER);
    if (number !== null) return { ...place, value: { kind: 'number', text: number } };
    const word = this.#take(WORD);
    if (word !== null) return { ...place, value: { kind: 'other', text: word } };
    throw this.#expected('a JSON value');
  }

  #object(depth: number): SourceNode['value'] {
    const entries: SourceEntry[] = [];
    this.#at++;
    for (;;) {
      this.#skipSpace();
      if (entries.length === 0 && this.#eat('}')) break;
      const place = { line: this.#line, column: this.#column() };
      const key = this.#string();
      this.#skipSpace();
      if (!this.#eat(':')) throw this.#expected('":"');
      if (entries.some((entry) => entry.key === key)) {
        throw new BallotsFormatError(
          place.line,
          place.column,
          `expected each key once, found ${JSON.stringify(key)} again`,
        );
      }
      entries.push({ key, ...place, node: this.#value(depth + 1) });
      this.#skipSpace();
      if (this.#eat('}')) break;
      if (!this.#eat(',')) throw this.#expected('"," or "}"');
    }
    return { kind: 'object', entries };
  }

  #list(depth: number): SourceNode['value'] {
    const items: SourceNode[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#eat(']')) return { kind: 'list', items };
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#skipSpace();
      if (this.#eat(']')) break;
      if (!this.#eat(',')) throw this.#expected('"," or "]"');
    }
    return { kind: 'list', items };
  }

  #string(): string {
    const raw = this.#take(STRING);
    if (raw === null)
      throw this.#expected(this.#text[this.#at] === '"' ? 'a string that ends on its line' : 'a string');
    return JSON.parse(raw) as string;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #eat(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    const start = this.#at;
    this.#take(SPACE);
    for (let i = start; i < this.#at; i++) {
      if (this.#text[i] === '\n') {
        this.#line++;
        this.#lineStart = i + 1;
      }
    }
  }

  #column(): number {
    return this.#at - this.#lineStart + 1;
  }

  #expected(what: string): BallotsFormatError {
    const next = this.#text[this.#at];
    const found = next === undefined ? 'the end of the file' : JSON.stringify(next);
    return new BallotsFormatError(this.#line, this.#column(), `expected ${what}, found ${found}`);
  }
}
