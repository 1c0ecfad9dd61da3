import { BallotsFormatError, readBallotDocument } from '@elekto/tally';

import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import type { Gap } from '../text/gap.ts';
import { acrossGap } from '../text/gap.ts';
import { Lines } from '../text/lines.ts';
import { parseYamlSource } from '../text/yaml-source.ts';
import { DocumentBallots } from './document-ballots.ts';
import { ballotJson, lostInDocument } from './json.ts';

/** The most of a document outside a block list of ballots, in UTF-16 code units. */
const MOST = 1 << 27;
const ITEM = /^( *)- +(\S.*)$/;

/** Our JSON, as YAML. Only a list of ballots with a ballot a line or more is read in pieces. */
export const yaml: BallotFormat = {
  name: 'yaml',
  title: 'YAML',
  recognise({ text }) {
    if (/^\s*\{/.test(text) || !/^["']?(?:candidates|ballots)["']?\s*:/m.test(text)) return null;
    if (/^[\s-]*preferences\s*:|^method\s*:/m.test(text)) return null;
    return { why: 'the keys "candidates" and "ballots"', sure: 2 };
  },
  read: () => new YamlReader(),
  write: (file) => ({ pieces: pieces(file), lost: lostInDocument('YAML', file) }),
};

class YamlReader implements FormatReader {
  readonly #lines = new Lines((text, line) => this.#line(text, line));
  /** The lines of the document without those of ballots, and how many these are. */
  readonly #document: string[] = [];
  #gap: Gap = { after: 0, lines: 0 };
  #length = 0;
  #ballots: DocumentBallots | null = null;
  /** How far the dashes of the ballots are in; -1 outside their list. */
  #indent = -1;
  #item: string[] = [];
  #itemLine = 0;

  push(piece: Uint8Array): void {
    this.#lines.push(piece);
  }

  end(): BallotFile {
    this.#lines.end();
    this.#endItem();
    const ballots = acrossGap(this.#gap, () => {
      const root = parseYamlSource(this.#document.join('\n'));
      return this.#ballots === null ? readBallotDocument(root) : this.#ballots.end(root);
    });
    return { format: 'yaml', ballots, title: null, seats: null, withdrawn: [], notes: [] };
  }

  #line(text: string, line: number): void {
    if (this.#indent >= 0 || this.#item.length > 0) {
      if (this.#inList(text, line)) return;
      this.#endItem();
      this.#indent = -1;
    }
    const before = this.#document.at(-1);
    const found = before === 'ballots:' && this.#ballots === null ? ITEM.exec(text) : null;
    if (found !== null && this.#document.some((each) => /^candidates\s*:/.test(each))) {
      this.#document[this.#document.length - 1] = 'ballots: []';
      this.#gap = { after: this.#document.length, lines: 0 };
      this.#ballots = new DocumentBallots(parseYamlSource(this.#document.join('\n')));
      this.#indent = (found[1] as string).length;
      this.#inList(text, line);
      return;
    }
    this.#document.push(text);
    this.#length += text.length;
    if (this.#length > MOST)
      throw new BallotsFormatError(line, 1, 'expected at most 128 MB besides a list of ballots, one a line');
  }

  /** Takes a line that belongs to the list of ballots. */
  #inList(text: string, line: number): boolean {
    const found = ITEM.exec(text);
    if (found !== null && (found[1] as string).length === this.#indent) {
      this.#endItem();
      this.#item = [text];
      this.#itemLine = line;
    } else if (/^\s*(?:#|$)/.test(text) || indentOf(text) > this.#indent) {
      this.#item.push(text);
    } else return false;
    this.#gap = { ...this.#gap, lines: this.#gap.lines + 1 };
    return true;
  }

  #endItem(): void {
    const [first, ...rest] = this.#item;
    if (first === undefined) return;
    const line = this.#itemLine;
    const text = [first.replace('-', ' '), ...rest].join('\n');
    this.#item = [];
    this.#ballots?.add(rest.length === 0 ? text : '', () => parseYamlSource(text, ['count'], line));
  }
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function* pieces({ ballots }: BallotFile): Iterable<string> {
  yield 'candidates:\n';
  for (const id of ballots.candidates) yield `  - ${JSON.stringify(id)}\n`;
  if (ballots.unranked !== undefined) yield `unranked: ${ballots.unranked}\n`;
  let first = true;
  for (const ballot of ballots.ballots) {
    yield `${first ? 'ballots:\n' : ''}  - ${ballotJson(ballots.candidates, ballot)}\n`;
    first = false;
  }
  if (first) yield 'ballots: []\n';
}
