/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { accept, refuse, type Result } from '@elekto/custody';
import { ONLY, type Remembered, type Repository, USUAL_FOLDER } from './memory-shape.ts';

/**
 * What one computer remembers when it had several memories: all of it, and of two answers that of `first`. A place that a server may have
 * named goes in where it is the forge's own branch and the usual folder alone; else the officer is asked once more. Refuses
 * (`act-memory`) two boxes of one run: this computer has acted on both.
 *
 * @param server whose place the memory of `second` is; null where nobody knows any more.
 */
export function unionOf(first: Remembered, second: Remembered, server: string | null): Result<Remembered> {
  const boxes = { ...first.boxes };
  for (const [run, acted] of Object.entries(second.boxes)) {
    const known = boxes[run];
    if (known !== undefined && known.box !== acted.box)
      return refuse(
        'act-memory',
        { step: 'memory', party: 'this computer' },
        `it has acted on two boxes of one run (${run.slice(0, 12)}), ${known.box.slice(0, 12)} and ${acted.box.slice(0, 12)}, which servers showed it under two addresses. Nothing more is opened here. Tell the other officers, with this sentence.`,
      );
    boxes[run] = {
      box: acted.box,
      decrypted: acted.decrypted || known?.decrypted === true,
      election: known?.election ?? acted.election,
      source: known?.source ?? acted.source,
      ceremony: known?.ceremony ?? acted.ceremony,
    };
  }
  const place = second.repositories[ONLY];
  const isSure = server !== null && place !== undefined && isUsual(place);
  return accept({
    version: 4,
    repositories: { ...(isSure ? { [server]: place } : {}), ...first.repositories },
    heads: { ...second.heads, ...first.heads },
    firstSeen: Object.fromEntries(
      [...new Set([...Object.keys(first.firstSeen), ...Object.keys(second.firstSeen)])].map((at) => [
        at,
        { ...second.firstSeen[at], ...first.firstSeen[at] },
      ]),
    ),
    boxes,
    voided: [...new Set([...first.voided, ...second.voided])].sort(),
  });
}

const isUsual = ({ branch, folder }: Repository): boolean => branch === null && folder === USUAL_FOLDER;
