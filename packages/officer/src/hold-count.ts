import { accept, type Result } from '@elekto/custody';
import type { CountStanding, Desk, Made } from './desk.ts';
import { gather, type Gathered, type Sources } from './gather.ts';

/** What an officer's visit works with. */
export interface Visit extends Sources {
  readonly desk: Desk;
  readonly now: () => number;
  /** Hears of what was posted. */
  readonly posted?: (kind: Made['kind']) => void;
}

/** A count as this computer found it. */
export type CountLook = Pick<Gathered, 'onBranchSince' | 'inspectedAt' | 'boxFile' | 'ceremony' | 'note'> &
  CountStanding;

/**
 * Looks at a count and checks every file of it; null while there is no box. Uses no secret. What the officer did on another
 * computer, before a recovery, is remembered from the board.
 */
export async function lookAtCount(key: string, visit: Visit): Promise<Result<CountLook | null>> {
  const gathered = await gather(key, visit);
  if (!gathered.ok || gathered.value === null) return gathered as Result<null>;
  const { material, ...rest } = gathered.value;
  const standing = await visit.desk.open(material, visit.now());
  if (!standing.ok) return standing;
  const { own, mixers, decrypted } = standing.value;
  if (own !== null && (mixers.includes(own) || decrypted.includes(own))) {
    const kept = await remember(key, { ...rest, ...standing.value }, decrypted.includes(own), visit);
    if (!kept.ok) return kept;
  }
  return accept({ ...rest, ...standing.value });
}

/**
 * Does what is due for the officer in one visit: the mix, then the decryption once enough have mixed; with `only`, no more than
 * one of the two. Ends where nothing is due or something is against it. Null while there is no box. When somebody else's file came
 * first, it is begun again from there; otherwise it rejects as the server does.
 */
export async function holdCount(
  key: string,
  visit: Visit,
  only: Made['kind'] | null = null,
): Promise<Result<CountLook | null>> {
  let refused: { readonly by: Error; readonly at: string } | null = null;
  for (;;) {
    const found = await lookAtCount(key, visit);
    if (!found.ok || found.value === null) return found;
    const at = placeOf(found.value);
    if (refused?.at === at) throw refused.by;
    const done = await takeSteps(key, found.value, visit, only);
    if (!done.ok) return done;
    if (done.value.refused === null) return accept({ ...found.value, ...done.value.standing });
    refused = { by: done.value.refused, at: placeOf(done.value.standing) };
  }
}

/** How far a chain is: nothing is ever taken off it. */
const placeOf = ({ mixers, decrypted }: CountStanding): string => JSON.stringify([mixers, decrypted]);

interface Done {
  readonly standing: CountStanding;
  /** What the server said instead of taking a file. */
  readonly refused: Error | null;
}

async function takeSteps(
  key: string,
  from: CountLook,
  visit: Visit,
  only: Made['kind'] | null,
): Promise<Result<Done>> {
  let standing: CountStanding = from;
  for (let due = dueNow(standing, only); due !== null; due = dueNow(standing, only)) {
    const made = await visit.desk[due](visit.now());
    if (!made.ok) return made;
    // On the disk first: what is posted cannot be taken back.
    const kept = await remember(key, { ...from, ...standing }, due === 'decrypt', visit);
    if (!kept.ok) return kept;
    try {
      await visit.server.post(made.value.file);
    } catch (error) {
      return accept({ standing, refused: error as Error });
    }
    visit.posted?.(due);
    standing = made.value.standing;
  }
  return accept({ standing, refused: null });
}

function dueNow({ due, against }: CountStanding, only: Made['kind'] | null): Made['kind'] | null {
  if (against !== null || (due !== 'mix' && due !== 'decrypt')) return null;
  return only === null || only === due ? due : null;
}

const remember = (
  key: string,
  { manifestHash, boxHash, ceremony }: CountLook,
  decrypted: boolean,
  { memory }: Visit,
): Promise<Result<null>> => memory.keepBox(key, manifestHash, boxHash, decrypted, ceremony);
