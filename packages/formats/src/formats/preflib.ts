import { BallotsFormatError } from '@elekto/tally';

import { BallotBuilder } from '../ballot-builder.ts';
import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { CannotWriteError } from '../model.ts';
import { Cursor } from '../text/cursor.ts';
import { Lines } from '../text/lines.ts';
import { tiersOf, traitsOf } from '../tiers.ts';

const FIELD = /^#\s*([A-Z][A-Z ]*?)(?: (\d+))?\s*:\s*(.*?)\s*$/;
const KINDS = ['soc', 'soi', 'toc', 'toi'];

/**
 * PrefLib's ordinal formats soc, soi, toc and toi (preflib.org, format specification): the header of `#`
 * lines, and the older one of a number, names and totals; then `count: 1,{2,3},4`.
 */
export const preflib: BallotFormat = {
  name: 'preflib',
  title: 'PrefLib',
  recognise({ lines }) {
    if (lines.some((line) => /^#\s*(?:ALTERNATIVE NAME \d+|NUMBER ALTERNATIVES)\s*:/.test(line)))
      return { why: 'a header of "# ALTERNATIVE NAME" lines', sure: 2 };
    const [size = '', first = ''] = lines;
    if (/^\s*\d+\s*$/.test(size) && /^\s*1\s*,\s*\S/.test(first))
      return { why: 'a number of candidates, then "1,Name"', sure: 2 };
    const votes = lines.slice(0, -1).filter((line) => !/^\s*(?:#|$)/.test(line));
    if (votes.length === 0 || !votes.every((line) => /^\s*\d+\s*:\s*[\d{][\d\s,{}]*$/.test(line)))
      return null;
    return { why: 'lines of a number of ballots, a colon and numbers of candidates', sure: 1 };
  },
  read: () => new PreflibReader(),
  write,
};

class PreflibReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  readonly #fields = new Map<string, { value: string; line: number }>();
  readonly #names: string[] = [];
  #builder: BallotBuilder | null = null;
  /** The older format: names still to come, -1 before the number of them and in the newer format. */
  #old: number | null = null;
  #totals = false;
  #voters: { said: bigint; line: number } | null = null;
  #sum = 0n;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    const line = this.#lines.end();
    // A file that says so may hold no ballot.
    if (this.#builder === null && this.#voters?.said === 0n && this.#names.length > 0)
      this.#builder = new BallotBuilder(this.#names);
    if (this.#builder === null)
      throw new BallotsFormatError(line, 1, 'expected orders such as "3: 1,2", found the end of the file');
    const said = this.#voters;
    if (said !== null && said.said !== this.#sum) {
      const detail = `expected ${said.said} ballots, as this line says, found ${this.#sum}: the file may be cut`;
      throw new BallotsFormatError(said.line, 1, detail);
    }
    const title = this.#fields.get('TITLE')?.value ?? '';
    return {
      format: 'preflib',
      ballots: this.#builder.table,
      title: title === '' ? null : title,
      seats: null,
      withdrawn: [],
      notes: [],
    };
  }

  #line(text: string, line: number): void {
    const cursor = new Cursor(text, line);
    cursor.skipSpace();
    if (cursor.done) return;
    if (cursor.text[cursor.at] === '#') this.#field(cursor);
    else if (this.#old === null && this.#names.length === 0 && this.#builder === null) this.#oldStart(cursor);
    else if (this.#old !== null && this.#old > 0) this.#oldName(cursor, this.#old);
    else if (this.#old !== null && !this.#totals) this.#oldTotals(cursor);
    else this.#order(cursor);
  }

  #field(cursor: Cursor): void {
    const [, key = '', number = '', value = ''] = FIELD.exec(cursor.text.trim()) ?? [];
    if (key === '') return;
    if (this.#builder !== null) throw cursor.wrong('the header before the orders');
    const at = cursor.text.length - cursor.text.replace(/^[^:]*:\s*/, '').length;
    if (key === 'ALTERNATIVE NAME') {
      if (Number(number) !== this.#names.length + 1)
        throw cursor.wrong(
          `the name of alternative ${this.#names.length + 1}`,
          cursor.text.indexOf('NAME') + 5,
        );
      this.#name(cursor, value, at);
      return;
    }
    if (key === 'DATA TYPE' && !KINDS.includes(value))
      throw cursor.wrong('soc, soi, toc or toi: other kinds hold no orders', at);
    if (key === 'NUMBER VOTERS') {
      if (!/^\d+$/.test(value)) throw cursor.wrong('a whole number', at);
      this.#voters = { said: BigInt(value), line: cursor.line };
    }
    this.#fields.set(key, { value, line: cursor.line });
  }

  #name(cursor: Cursor, name: string, at: number): void {
    if (name === '') throw cursor.wrong('a name', at);
    if (this.#names.includes(name)) throw cursor.wrong('each name once', at);
    this.#names.push(name);
  }

  #oldStart(cursor: Cursor): void {
    const size = cursor.digits();
    cursor.skipSpace();
    if (size === null || size === 0 || size > 65534 || !cursor.done)
      throw cursor.wrong('"# ALTERNATIVE NAME 1: ..." or a number of candidates', 0);
    this.#old = size;
  }

  #oldName(cursor: Cursor, left: number): void {
    const start = cursor.at;
    const number = cursor.digits();
    cursor.skipSpace();
    if (number !== this.#names.length + 1 || !cursor.eat(','))
      throw cursor.wrong(`"${this.#names.length + 1}," and a name`, start);
    this.#name(
      cursor,
      cursor.text
        .slice(cursor.at)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
      cursor.at,
    );
    this.#old = left - 1;
  }

  #oldTotals(cursor: Cursor): void {
    const found = /^\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*$/.exec(cursor.text);
    if (found === null) throw cursor.wrong('three totals: voters, ballots, different orders', 0);
    this.#voters = { said: BigInt(found[2] as string), line: cursor.line };
    this.#totals = true;
  }

  #order(cursor: Cursor): void {
    const builder = (this.#builder ??= this.#start(cursor));
    const start = cursor.at;
    const count = cursor.count();
    cursor.skipSpace();
    if (count === null || count === 0n) throw cursor.wrong('a number of ballots from 1', start);
    if (!cursor.eat(this.#old === null ? ':' : ',')) throw cursor.wrong(this.#old === null ? '":"' : '","');
    const kind = this.#fields.get('DATA TYPE')?.value ?? 'toi';
    const body = cursor.at;
    let ranked = 0;
    for (let rank = 1; ; rank++) {
      cursor.skipSpace();
      const at = cursor.at;
      if (cursor.eat('{')) {
        if (kind.startsWith('s')) throw cursor.wrong(`no ties, since the file says ${kind}`, at);
        ranked += this.#tie(cursor, builder, rank);
      } else ranked += this.#alternative(cursor, builder, rank);
      cursor.skipSpace();
      if (cursor.done) break;
      if (!cursor.eat(',')) throw cursor.wrong('"," or the end of the line');
    }
    if (kind.endsWith('c') && ranked < this.#names.length)
      throw cursor.wrong(`all ${this.#names.length} alternatives, since the file says ${kind}`, body);
    this.#sum += count;
    builder.cast(count);
  }

  #start(cursor: Cursor): BallotBuilder {
    const said = this.#fields.get('NUMBER ALTERNATIVES')?.value;
    if (said !== undefined && Number(said) !== this.#names.length)
      throw cursor.wrong(`names of ${said} alternatives before the orders; there are ${this.#names.length}`);
    return new BallotBuilder(this.#names);
  }

  #tie(cursor: Cursor, builder: BallotBuilder, rank: number): number {
    for (let size = 1; ; size++) {
      cursor.skipSpace();
      this.#alternative(cursor, builder, rank);
      cursor.skipSpace();
      if (cursor.eat('}')) return size;
      if (!cursor.eat(',')) throw cursor.wrong('"," or "}"');
    }
  }

  #alternative(cursor: Cursor, builder: BallotBuilder, rank: number): 1 {
    const at = cursor.at;
    const number = cursor.digits();
    if (number === null || number < 1 || number > this.#names.length)
      throw cursor.wrong(`a number from 1 to ${this.#names.length}`, at);
    if (!builder.rank(number - 1, rank)) throw cursor.wrong('each alternative once in an order', at);
    return 1;
  }
}

function write({ ballots, seats, title, withdrawn }: BallotFile): ReturnType<BallotFormat['write']> {
  const names = ballots.candidates;
  const bad = names.find((name) => /[\r\n]/.test(name) || name.trim() !== name);
  if (bad !== undefined) throw new CannotWriteError(`PrefLib cannot hold the name ${JSON.stringify(bad)}`);
  const traits = traitsOf(ballots);
  const kind = `${traits.ties ? 't' : 's'}o${traits.incomplete ? 'i' : 'c'}`;
  const lost: string[] = [];
  if (traits.blank) lost.push('PrefLib has no empty order: blank ballots are left out');
  if (seats !== null) lost.push('PrefLib does not say how many seats there are');
  if (withdrawn.length > 0) lost.push('PrefLib does not say who withdrew');
  if (ballots.unranked !== undefined && traits.incomplete)
    lost.push('PrefLib does not say what becomes of candidates without a rank');
  return { pieces: pieces(), lost };

  function* pieces(): Iterable<string> {
    const orders = new Map<string, bigint>();
    let voters = 0n;
    for (const ballot of ballots.ballots) {
      const tiers = tiersOf(ballot).map((tier) => {
        const numbers = tier.map((i) => i + 1).join(',');
        return tier.length === 1 ? numbers : `{${numbers}}`;
      });
      if (tiers.length === 0) continue;
      const order = tiers.join(',');
      const count = BigInt(ballot.count ?? 1);
      orders.set(order, (orders.get(order) ?? 0n) + count);
      voters += count;
    }
    yield `# FILE NAME: ballots.${kind}\n# TITLE: ${title?.replaceAll(/[\r\n]+/g, ' ') ?? ''}\n# DESCRIPTION: \n`;
    yield `# DATA TYPE: ${kind}\n# MODIFICATION TYPE: original\n# RELATES TO: \n# RELATED FILES: \n`;
    yield '# PUBLICATION DATE: \n# MODIFICATION DATE: \n';
    yield `# NUMBER ALTERNATIVES: ${names.length}\n# NUMBER VOTERS: ${voters}\n# NUMBER UNIQUE ORDERS: ${orders.size}\n`;
    for (const [i, name] of names.entries()) yield `# ALTERNATIVE NAME ${i + 1}: ${name}\n`;
    const sorted = [...orders].sort(([a, x], [b, y]) => (y > x ? 1 : y < x ? -1 : a < b ? -1 : 1));
    for (const [order, count] of sorted) yield `${count}: ${order}\n`;
  }
}
