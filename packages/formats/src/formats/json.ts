import type { Ballot } from '@elekto/tally';
import { parseJsonSource, readBallotDocument } from '@elekto/tally';

import type { BallotFile, BallotFormat, FormatReader } from '../model.ts';
import { acrossGap } from '../text/gap.ts';
import { JsonItems } from '../text/json-items.ts';
import { tiersOf } from '../tiers.ts';
import { DocumentBallots } from './document-ballots.ts';

/** Our JSON: `{"candidates": [ids], "ballots": [{"count": 3, "ranking": [[ids]]}], "unranked": "last"}`. */
export const json: BallotFormat = {
  name: 'json',
  title: 'JSON',
  recognise({ text }) {
    if (!/^\s*\{/.test(text) || !/"(?:candidates|ballots)"\s*:/.test(text)) return null;
    if (/"votes"\s*:\s*[{[]/.test(text)) return null;
    return { why: 'an object with "candidates" and "ballots"', sure: 2 };
  },
  read: () => new JsonReader(),
  write: (file) => ({ pieces: pieces(file), lost: lostInDocument('JSON', file) }),
};

class JsonReader implements FormatReader {
  #ballots: DocumentBallots | null = null;
  readonly #items = new JsonItems('ballots', {
    starts: (head) => {
      if (!/"candidates"\s*:/.test(head)) return false;
      this.#ballots = new DocumentBallots(parseJsonSource(`${head}]}`));
      return true;
    },
    item: (text, place) => this.#ballots?.add(text, () => parseJsonSource(text, place)),
  });

  push(piece: Uint8Array): void {
    this.#items.push(piece);
  }

  end(): BallotFile {
    const text = this.#items.end();
    const ballots = acrossGap(this.#items.gap, () => {
      const root = parseJsonSource(text);
      return this.#ballots === null ? readBallotDocument(root) : this.#ballots.end(root);
    });
    return { format: 'json', ballots, title: null, seats: null, withdrawn: [], notes: [] };
  }
}

/** A ballot as our JSON has it, on one line; YAML as well. */
export function ballotJson(candidates: readonly string[], ballot: Ballot): string {
  const ranking = tiersOf(ballot).map((tier) => tier.map((i) => candidates[i]));
  return `{"count": ${ballot.count ?? 1}, "ranking": ${JSON.stringify(ranking)}}`;
}

function* pieces({ ballots }: BallotFile): Iterable<string> {
  const { candidates, unranked } = ballots;
  yield `{\n  "candidates": ${JSON.stringify(candidates)},\n`;
  if (unranked !== undefined) yield `  "unranked": ${JSON.stringify(unranked)},\n`;
  yield '  "ballots": [';
  let between = '\n';
  for (const ballot of ballots.ballots) {
    yield `${between}    ${ballotJson(candidates, ballot)}`;
    between = ',\n';
  }
  yield between === '\n' ? ']\n}\n' : '\n  ]\n}\n';
}

export function lostInDocument(title: string, file: BallotFile): string[] {
  const lost: string[] = [];
  if (file.title !== null) lost.push(`${title} has no title`);
  if (file.seats !== null) lost.push(`${title} does not say how many seats there are`);
  if (file.withdrawn.length > 0) lost.push(`${title} does not say who withdrew`);
  return lost;
}
