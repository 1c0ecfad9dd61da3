import { BallotsFormatError } from '@elekto/tally';

import type { Gap } from './gap.ts';

/** The most text outside the list, in UTF-16 code units. */
const MOST = 1 << 27;

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Listener {
  /** The text up to and with the "[" of the list. False: the list is not wanted item by item. */
  starts(head: string): boolean;
  item(text: string, place: Place): void;
}

/**
 * Takes the items of one list of a JSON object out of a text that comes in pieces, so that it need not fit
 * into memory. What remains is the text with an empty list.
 */
export class JsonItems {
  readonly #key: RegExp;
  readonly #listener: Listener;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #head = '';
  #item = '';
  #mode: 'head' | 'between' | 'item' | 'tail' = 'head';
  #depth = 0;
  #quoted = false;
  #escaped = false;
  /** In the list: whether an item may come, must come, or a comma. */
  #next: 'item or end' | 'item' | 'comma or end' = 'item or end';
  #line = 1;
  #column = 1;
  #start: Place = { line: 1, column: 1 };
  #listLine = 0;
  #tailLine = 0;

  constructor(key: string, listener: Listener) {
    this.#key = new RegExp(`"${key}"\\s*:\\s*$`);
    this.#listener = listener;
  }

  push(piece: Uint8Array): void {
    this.#read(this.#decode(() => this.#decoder.decode(piece, { stream: true })));
  }

  /** How many lines of the file the list has taken, and the line of the text after which they are missing. */
  get gap(): Gap {
    return { after: this.#listLine, lines: this.#tailLine - this.#listLine };
  }

  /** The text without the items. */
  end(): string {
    this.#read(this.#decode(() => this.#decoder.decode()));
    if (this.#mode === 'item') this.#listener.item(this.#item, this.#start);
    if (this.#mode === 'item' || this.#mode === 'between')
      throw this.#wrong('expected "," or "]", found the end of the file');
    return this.#head;
  }

  #decode(decode: () => string): string {
    try {
      return decode();
    } catch {
      throw this.#wrong('expected text in UTF-8');
    }
  }

  #read(text: string): void {
    let at = 0;
    while (at < text.length) {
      if (this.#mode === 'between') at = this.#between(text, at);
      else at = this.#mode === 'item' ? this.#inItem(text, at) : this.#outside(text, at);
    }
  }

  /** Keeps text from `from` up to the start of the list, or all of it. */
  #outside(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      this.#track(unit);
      this.#advance(unit);
      if (this.#mode !== 'head' || unit !== 0x5b || this.#depth !== 2 || this.#quoted) continue;
      this.#keep(text.slice(from, i));
      from = i;
      if (!this.#key.test(this.#head.slice(-200)) || !this.#listener.starts(`${this.#head}[`)) continue;
      this.#keep('[');
      this.#mode = 'between';
      this.#depth = 0;
      this.#listLine = this.#line;
      return i + 1;
    }
    this.#keep(text.slice(from));
    return text.length;
  }

  /** One sign between items. */
  #between(text: string, at: number): number {
    const sign = text[at] as string;
    const space = /\s/.test(sign);
    if (!space && sign === ']' && this.#next !== 'item') {
      this.#tailLine = this.#line;
      this.#mode = 'tail';
      this.#depth = 2;
      return at;
    }
    if (!space && sign === ',' && this.#next === 'comma or end') {
      this.#next = 'item';
    } else if (!space && (this.#next === 'comma or end' || sign === ',' || sign === ']' || sign === '}')) {
      const wanted = this.#next === 'comma or end' ? '"," or "]"' : 'a JSON value';
      throw this.#wrong(`expected ${wanted}, found ${JSON.stringify(sign)}`);
    } else if (!space) {
      this.#mode = 'item';
      this.#item = '';
      this.#start = { line: this.#line, column: this.#column };
      return at;
    }
    this.#advance(text.charCodeAt(at));
    return at + 1;
  }

  /** Takes the item from `from` up to its end, or all of the text. */
  #inItem(text: string, from: number): number {
    for (let i = from; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const level = this.#depth === 0 && !this.#quoted;
      if (level && this.#scalarEnds(unit)) return this.#endItem(text.slice(from, i), i);
      this.#track(unit);
      this.#advance(unit);
      if (this.#depth === 0 && !this.#quoted && (unit === 0x7d || unit === 0x5d))
        return this.#endItem(text.slice(from, i + 1), i + 1);
    }
    this.#item += text.slice(from);
    return text.length;
  }

  /** Whether an item that is no object or list ends before this sign. */
  #scalarEnds(unit: number): boolean {
    const ends = unit === 0x2c || unit === 0x5d || unit <= 0x20;
    return ends && (this.#line > this.#start.line || this.#column > this.#start.column);
  }

  #endItem(last: string, next: number): number {
    this.#listener.item(this.#item + last, this.#start);
    this.#item = '';
    this.#mode = 'between';
    this.#next = 'comma or end';
    return next;
  }

  #track(unit: number): void {
    if (this.#quoted) {
      if (this.#escaped) this.#escaped = false;
      else if (unit === 0x5c) this.#escaped = true;
      else if (unit === 0x22) this.#quoted = false;
    } else if (unit === 0x22) this.#quoted = true;
    else if (unit === 0x7b || unit === 0x5b) this.#depth++;
    else if (unit === 0x7d || unit === 0x5d) this.#depth--;
  }

  #advance(unit: number): void {
    if (unit === 0x0a) {
      this.#line++;
      this.#column = 1;
    } else this.#column++;
  }

  #keep(text: string): void {
    this.#head += text;
    if (this.#head.length > MOST) throw this.#wrong('expected at most 128 MB besides the list of ballots');
  }

  #wrong(detail: string): BallotsFormatError {
    return new BallotsFormatError(this.#line, this.#column, detail);
  }
}
