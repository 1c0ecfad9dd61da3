import { type Chain, checkTie, readFileName } from '@elekto/custody/board';
import { canonicalJson } from '@elekto/wire';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import type { ResultsFile3 } from '../result/results.ts';
import { checkOfLine } from './board-step.ts';
import type { BoardBytes } from './check-files.ts';
import { postsOf } from './decisions-in.ts';
import { signersIn } from './signers-in.ts';

/** Whether each decision about a tie in results.json was signed by a quorum of officers, and no other one was. */
export function checkTies({ tieDecisions }: ResultsFile3, board: Chain, files: BoardBytes): Check {
  const used = new Set<string>();
  for (const [i, { by, ...decision }] of tieDecisions.entries()) {
    const number = i + 1;
    const posts = postsOf(board, number, files);
    const bytes = posts.map(([, file]) => file);
    const said = checkTie(board, number, bytes);
    if (!said.ok) return { ...checkOfLine(said), name: 'ties' };
    const signers = signersIn(board, bytes);
    if (canonicalJson(said.value) !== canonicalJson(decision) || signers !== by)
      return checked('ties', false, 'tie-differs', { number, by: signers });
    for (const [name] of posts) used.add(name);
  }
  const more = [...files.keys()].find((name) => readFileName(name)?.kind === 'tie' && !used.has(name));
  if (more !== undefined) return checked('ties', false, 'tie-unlisted', { name: more });
  const n = tieDecisions.length;
  return checked('ties', true, n === 0 ? 'ties-none' : 'ties-signed', { n });
}
