/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import {
  accept,
  acceptBox,
  boxManifest,
  readFile,
  readManifest,
  refuse,
  type OwnReceipt,
  type Result,
} from '@elekto/custody';
import { finishedKey, readTranscript } from '@elekto/custody/ceremony';
import { BOXES_NAME, type Election, INSPECTION } from '@elekto/election';
import type { Receipt } from '@elekto/protocol/ballot';
import { toHex } from '@elekto/wire';
import type { BoardServer } from './board-server.ts';
import { boxesOnBranch, boxFilesIn, foldersOf, runsNamed } from './boxes.ts';
import type { Material } from './desk.ts';
import { electorsIn, electorsSince, ROLL_NAME } from './electors.ts';
import { markOf } from './mark.ts';
import type { OfficerMemory, Repository } from './memory.ts';
import { custodyNote } from './moved.ts';
import { inOwnFolder } from './own-folder.ts';
import { checkPinned, pinnedIn } from './pinned.ts';
import { type Access, electionAt, type Found, lookAtRepository, writer } from './repository.ts';

/** Where an officer's computer looks, and what it has of its own. */
export interface Sources {
  readonly memory: OfficerMemory;
  readonly repository: Repository;
  readonly access: Access;
  readonly server: BoardServer;
  /** The officer's own as a voter, for this run. */
  readonly receipts: readonly Receipt[];
}

/** A board as it was served, and all that is known about it from elsewhere. */
export interface Gathered {
  readonly material: Material;
  /** When the box came to the branch, ms; null: it does not stand there. */
  readonly onBranchSince: number | null;
  readonly inspectedAt: number;
  /** Path of box.txt from the repository's root. */
  readonly boxFile: string;
  /** SHA-256 of the ceremony whose key the ballots are sealed to, hex. */
  readonly ceremony: string;
  /** What the files say of the key otherwise since the opening, and who mends it; null where they say the same. */
  readonly note: string | null;
}

const server = { step: 'board', party: 'the server' };

/**
 * Collects what a step of the count is checked from: the files from the server, everything else from git itself. Null
 * while there is no box.
 */
export const gather = (key: string, sources: Sources): Promise<Result<Gathered | null>> =>
  inOwnFolder(sources, (own) => gatherIn(key, own));

async function gatherIn(key: string, sources: Sources): Promise<Result<Gathered | null>> {
  const { memory } = sources;
  const files = await served(sources.server);
  if (!files.ok) return files;
  const { box, mixes, decryptions, ties } = files.value;
  if (box === null) return accept(null);
  const text = boxManifest(box);
  if (text === null) return refuse('box-format', server, 'the box is not a manifest, a number and records.');
  const found = await lookAtPinned(key, text, sources);
  if (!found.ok) return found;
  const { past, folder, transcript, election, opened, headDescends, pinned, since } = found.value;
  const manifest = readManifest(text);
  if (!manifest.ok) return manifest;
  const { manifestHash } = manifest.value.rules;
  const read = readTranscript(transcript);
  const boardKey = read.ok ? finishedKey(read.value.header, read.value.posts) : read;
  if (!boardKey.ok) return boardKey;
  const boxFile = `${folder}/${BOXES_NAME}`;
  const folders = foldersOf(key, sources.repository.folder);
  if (!folders.ok) return folders;
  const boxFiles = boxFilesIn(folders.value);
  const boxHash = createHash('sha256').update(box).digest('hex');
  const onBranch = await boxesOnBranch(past, boxFiles, since, boxHash);
  const named = memory.hasNameless ? await runsNamed(past, boxFiles) : new Set<string>();
  const ceremony = toHex(manifest.value.transcriptHash);
  const otherRuns = memory.otherRuns(key, manifestHash, (run) => named.has(run), ceremony);
  const endsAt = election.closesAt + 1;
  const inspectedAt = Math.max(endsAt, onBranch.since ?? 0) + inspectionOf(found.value);
  const first = electorsIn(opened).size;
  const ofFirst = acceptBox(manifest.value, boardKey.value.header, first, box);
  const rolls = folders.value.map((each) => posix.join(each, ROLL_NAME));
  const isOver = !ofFirst.ok && ofFirst.error.code === 'box-electors';
  // The past is read where the roll at the opening is too short alone.
  const electors = isOver ? await electorsSince(past, rolls, pinned, opened, endsAt) : first;
  const sealed = isOver ? acceptBox(manifest.value, boardKey.value.header, electors, box) : ofFirst;
  if (!sealed.ok) return sealed;
  const receipts = await shownFor(manifestHash, sealed.value.recordHashes, sources);
  return accept({
    material: {
      transcript,
      manifest: text,
      electors,
      box,
      mixes,
      decryptions,
      ties,
      known: {
        headDescends,
        endsAt,
        inspectedAt,
        boxesOnBranch: onBranch.hashes,
        rememberedBox: memory.boxOf(manifestHash)?.box ?? null,
        signedVoid: memory.hasVoided(manifestHash),
        otherRun:
          otherRuns.length === 0
            ? null
            : otherRuns.some(({ decrypted }) => decrypted)
              ? 'decrypted'
              : 'mixed',
        receipts,
      },
    },
    onBranchSince: onBranch.since,
    inspectedAt,
    boxFile,
    ceremony,
    note: custodyNote(found.value),
  });
}

/** An election whose ballots are sealed to a key of officers. */
export interface Pinned extends Found {
  /** The commit that the manifest was made at. */
  readonly pinned: string;
  /** The election as that commit has it. */
  readonly opened: Election;
  /** That commit, and where this computer begins to look for other runs. */
  readonly since: readonly string[];
  /** The custody file as that commit has it, whatever the files say of it since: ballots stay sealed to its key. */
  readonly transcript: string;
  /** Under which path from the elections folder the head has it; null where it has it no more. */
  readonly custodyFile: string | null;
}

/**
 * The election at the repository's head, after the manifest of its ballots was compared with the files of the commit that it
 * was made at, and that commit found in the head's past. What remembers no run looks back to where the custody file came to the
 * branch: an earlier run may have been decrypted since, and its line taken out again before this one began.
 */
export async function lookAtPinned(
  key: string,
  manifest: string,
  { memory, repository, access }: Pick<Sources, 'memory' | 'repository' | 'access'>,
): Promise<Result<Pinned>> {
  const named = pinnedIn(manifest);
  if (!named.ok) return named;
  const { commit, ceremony } = named.value;
  const known = memory.firstSeen(key);
  const wanted = known === null ? [commit] : [commit, known];
  const mark = known === null ? markOf(repository.folder, ceremony) : null;
  const found = await lookAtRepository(memory, repository, access, key, wanted, mark);
  if (!found.ok) return found;
  const { past } = found.value;
  if (!past.follows(commit))
    return refuse(
      'act-history',
      writer,
      `the ballots are sealed by the files of commit ${commit.slice(0, 12)}, and the branch does not follow it: its history was replaced.`,
    );
  const options = { ...access, source: repository.source, electionsDir: repository.folder };
  const then = await electionAt(options, past, key, commit);
  if (!then.ok) return then;
  const file = then.value.boards.get(then.value.election.custody?.file ?? '');
  if (file === undefined || file.board === null)
    return refuse(
      'act-election',
      writer,
      `at commit ${commit.slice(0, 12)} the election ${key} names no finished custody file.`,
    );
  const same = checkPinned(manifest, then.value.election, file.board);
  if (!same.ok) return same;
  const first = known ?? past.origin;
  if (first === null)
    return refuse('act-history', writer, 'no commit of the branch has the custody file of these ballots.');
  const noted = found.value.headDescends ? await memory.keepFirstSeen(key, first) : accept(null);
  if (!noted.ok) return noted;
  return accept({
    ...found.value,
    pinned: commit,
    opened: then.value.election,
    transcript: file.text,
    custodyFile: pathOf(found.value, ceremony),
    since: [...new Set([commit, first])].filter((one) => past.follows(one)),
  });
}

/** For how long, ms, a box is open to inspection: nobody makes it shorter than it was at the opening. */
const inspectionOf = ({ election, opened }: Pick<Pinned, 'election' | 'opened'>): number =>
  Math.max(election.inspection ?? INSPECTION, opened.inspection ?? INSPECTION);

/** Where the custody file of a ceremony lies now. */
const pathOf = ({ boards }: Found, ceremony: string): string | null =>
  [...boards.values()].find(({ board }) => board?.transcriptHash === ceremony)?.file ?? null;

interface Served {
  readonly box: Uint8Array | null;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
  readonly ties: readonly Uint8Array[];
}

/** The files of the board in the order of the chain, each with the hash that the server lists. */
async function served(board: BoardServer): Promise<Result<Served>> {
  const all: { readonly bytes: Uint8Array; readonly file: NonNullable<ReturnType<typeof readFile>> }[] = [];
  for (const { name, sha256 } of await board.files()) {
    const bytes = await board.file(name);
    const file = bytes === null ? null : readFile(bytes);
    if (bytes === null || file === null || toHex(file.hash) !== sha256)
      return refuse('act-served', server, `the file ${name} is not the one that it lists. Try again.`);
    all.push({ bytes, file });
  }
  const of = (kind: string): Uint8Array[] =>
    all
      .filter(({ file }) => file.kind === kind)
      .sort((a, b) => a.file.seq - b.file.seq || a.file.officer - b.file.officer)
      .map(({ bytes }) => bytes);
  const boxes = of('box');
  if (boxes.length > 1) return refuse('act-two-boxes', server, 'it shows two boxes of one election.');
  return accept({
    box: boxes[0] ?? null,
    mixes: of('mix'),
    decryptions: of('decrypt'),
    ties: of('tie'),
  });
}

/**
 * The officer's receipts of this run, each with what the server can show of a ballot that left the box. It is not asked about one
 * that is in the box: what else it has lost stands in nobody's way.
 */
async function shownFor(
  manifestHash: string,
  inBox: ReadonlySet<string>,
  { receipts, server: board }: Sources,
): Promise<OwnReceipt[]> {
  const own: OwnReceipt[] = [];
  for (const receipt of receipts.filter((one) => one.manifestHash === manifestHash)) {
    const { recordHash } = receipt;
    const shown = inBox.has(recordHash) ? null : await board.release(receipt);
    own.push({
      recordHash,
      shown: shown && {
        record: Buffer.from(shown.record, 'base64url'),
        release: Buffer.from(shown.release, 'base64url'),
        newHash: shown.newHash,
      },
    });
  }
  return own;
}
