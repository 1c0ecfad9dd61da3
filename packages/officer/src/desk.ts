/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import {
  accept,
  addDecryption,
  addMix,
  type Board,
  type BoardFile,
  type BoardFiles,
  checkTie,
  type Knowledge,
  mayAct,
  openBoard,
  readFile,
  readManifest,
  refuse,
  type Refusal,
  type Result,
  writeDecryption,
  writeMix,
  writeTie,
} from '@elekto/custody';
import {
  finishedKey,
  type Header,
  type OfficerKey,
  positionOf,
  readTranscript,
  shareOf,
} from '@elekto/custody/ceremony';
import { toHex } from '@elekto/wire';
import type { Effort } from './effort.ts';

/** Everything that a step of the count is checked from; plain values, for another thread. */
export interface Material extends BoardFiles {
  /** What officers are said to have signed about ties. */
  readonly ties: readonly Uint8Array[];
  readonly known: Omit<Knowledge, 'officer' | 'now'>;
}

/** Where a count stands, all of it checked on this computer. */
export interface CountStanding {
  readonly ballots: number;
  /** Hex. */
  readonly boxHash: string;
  readonly manifestHash: string;
  readonly threshold: number;
  /** Logins by position, from 1. */
  readonly officers: readonly string[];
  /** Positions, in order. */
  readonly mixers: readonly number[];
  readonly decrypted: readonly number[];
  /** What officers have signed about ties of this count; nothing that somebody else shows in their names. */
  readonly ties: readonly BoardFile[];
  /** The officer's own position; null for who looks on. */
  readonly own: number | null;
  readonly due: 'mix' | 'decrypt' | 'wait' | 'counted';
  /** Why the officer must not act now, or cannot without a key; null when nothing is against it. */
  readonly against: Refusal | null;
}

/** A step of the count as a file to post. */
export interface Made {
  readonly kind: 'mix' | 'decrypt';
  readonly file: Uint8Array;
  readonly standing: CountStanding;
}

/**
 * Where an officer's share is used. The one home of a step: nothing is mixed or decrypted but a board that was checked here
 * from its files, when the officer's rule allows it at that moment.
 */
export interface Desk {
  open(material: Material, now: number): Promise<Result<CountStanding>>;
  mix(now: number): Promise<Result<Made>>;
  decrypt(now: number): Promise<Result<Made>>;
  /** An officer's word on the tie of this number, from 1, once the ballots are open. Uses no share. */
  decide(number: number, decision: unknown): Promise<Result<Uint8Array>>;
}

interface Opened {
  readonly material: Material;
  readonly board: Board;
  readonly own: { readonly position: number; readonly key: OfficerKey } | null;
}

/**
 * @param keys of this computer; the one that the ceremony names is used.
 * @param tell hears before each piece of work what it is.
 */
export function openDesk(keys: readonly OfficerKey[], tell: (effort: Effort) => void): Desk {
  let opened: Opened | null = null;

  const needed = (): Opened => {
    if (opened === null) throw new Error('no board is open');
    return opened;
  };

  async function open(material: Material, now: number): Promise<Result<CountStanding>> {
    opened = null;
    const transcript = readTranscript(material.transcript);
    if (!transcript.ok) return transcript;
    const { header, posts } = transcript.value;
    const boardKey = finishedKey(header, posts);
    if (!boardKey.ok) return boardKey;
    const manifest = readManifest(material.manifest);
    if (!manifest.ok) return manifest;
    const { points } = manifest.value;
    tell({ kind: 'box', bytes: material.box.length, points });
    let board = openBoard(manifest.value, boardKey.value, material.electors, material.box);
    if (!board.ok) return board;
    const ballots = board.value.box.ballots.length;
    for (const mix of material.mixes) {
      tell({ kind: 'check-mix', ballots, points });
      board = addMix(board.value, mix);
      if (!board.ok) return board;
    }
    for (const decryption of material.decryptions) {
      tell({ kind: 'check-decryption', ballots, points });
      board = addDecryption(board.value, decryption);
      if (!board.ok) return board;
    }
    opened = { material, board: board.value, own: ownIn(header, keys) };
    return accept(standingOf(opened, now));
  }

  /** What is done only with the officer's key, on the board that is open, when nothing is against it. */
  async function act(
    kind: Made['kind'],
    now: number,
    make: (opened: Opened & { readonly own: NonNullable<Opened['own']> }) => Promise<Result<Uint8Array>>,
  ): Promise<Result<Made>> {
    const before = needed();
    const { own, board, material } = before;
    if (own === null) return strangers(board);
    const may = mayAct(board, { ...material.known, officer: own.position, now });
    if (!may.ok) return may;
    tell({ kind, ballots: board.head.rows.length, points: board.manifest.points });
    const made = await make({ ...before, own });
    if (!made.ok) return made;
    const after = kind === 'mix' ? addMix(board, made.value) : addDecryption(board, made.value);
    if (!after.ok) return after;
    opened = { ...before, board: after.value };
    return accept({ kind, file: made.value, standing: standingOf(opened, now) });
  }

  const decide: Desk['decide'] = async (number, decision) => {
    const { own, board } = needed();
    if (own === null) return strangers(board);
    if (board.box.ballots.length > 0 && board.decryptions.size < board.key.header.threshold)
      return refuse(
        'decryption-too-few',
        { step: 'tie decision', party: 'the officers' },
        'nobody can know of a tie before the ballots are open.',
      );
    return accept(writeTie(board, number, own.position, decision, own.key.signSecret));
  };

  return {
    open,
    decide,
    mix: (now) =>
      act('mix', now, async ({ board, own }) => writeMix(board, own.position, own.key.signSecret)),
    decrypt: (now) =>
      act('decrypt', now, async ({ board, material, own }) => {
        const transcript = readTranscript(material.transcript);
        if (!transcript.ok) return transcript;
        const { header, posts } = transcript.value;
        const share = await shareOf(header, posts, own.key);
        return share === null ? strangers(board) : writeDecryption(board, share, own.key.signSecret);
      }),
  };
}

function ownIn(header: Header, keys: readonly OfficerKey[]): Opened['own'] {
  for (const key of keys) {
    const position = positionOf(header, key);
    if (position !== null) return { position, key };
  }
  return null;
}

const strangers = (board: Board): Result<never> =>
  refuse(
    'act-key',
    { step: 'count', party: 'this computer' },
    `no key of this computer holds a share of this election. Shares are held by ${board.key.header.officers.map(({ login }) => login).join(', ')}.`,
  );

function standingOf(opened: Opened, now: number): CountStanding {
  const { board, material, own } = opened;
  const { header } = board.key;
  const due = dueFor(board, own?.position ?? null);
  return {
    ballots: board.box.ballots.length,
    boxHash: toHex(board.box.hash),
    manifestHash: board.manifest.rules.manifestHash,
    threshold: header.threshold,
    officers: header.officers.map(({ login }) => login),
    mixers: board.mixers,
    decrypted: [...board.decryptions.keys()].sort((a, b) => a - b),
    ties: signedTies(board, material.ties),
    own: own?.position ?? null,
    due,
    against: againstOf(opened, due, now),
  };
}

/**
 * What is against a step. Of the box first, whoever looks. Then that no key is here, as long as the count needs one: also while only the
 * time of inspection is lacking, as a lost key can be brought back meanwhile.
 */
function againstOf(
  { board, material, own }: Opened,
  due: CountStanding['due'],
  now: number,
): CountStanding['against'] {
  const may = mayAct(board, { ...material.known, officer: own?.position ?? 0, now });
  const isClear = may.ok || may.error.code === 'act-inspection';
  const said = own === null && due !== 'counted' && isClear ? strangers(board) : may;
  return said.ok ? null : said.error;
}

/** One officer alone is too few to decide; whoever else shows a file in their name is refused for it. */
const signedTies = (board: Board, shown: readonly Uint8Array[]): BoardFile[] =>
  shown.flatMap((bytes) => {
    const file = readFile(bytes);
    if (file === null) return [];
    const said = checkTie(board, file.seq - board.mixers.length - 1, [bytes]);
    return said.ok || said.error.code === 'decision-too-few' ? [file] : [];
  });

/** What comes next on a board, and whether it is this officer's. */
function dueFor({ box, mixers, decryptions, key }: Board, own: number | null): CountStanding['due'] {
  const { threshold } = key.header;
  if (box.ballots.length === 0 || decryptions.size >= threshold) return 'counted';
  if (own === null) return 'wait';
  if (mixers.length < threshold) return mixers.includes(own) ? 'wait' : 'mix';
  return decryptions.has(own) ? 'wait' : 'decrypt';
}
