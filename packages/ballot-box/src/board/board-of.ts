import type { ElectionKey } from '@elekto/election';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { canonicalJson } from '@elekto/wire';
import type { Context } from '../context.ts';
import { electionRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { everOnRoll, readRoll } from '../box/roll.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import type { BoardChain, BoardRun } from './arithmetic.ts';
import { transcriptOf } from './board-source.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import type { Chain } from './chain.ts';
import { bytesOf } from './kept-files.ts';
import type { KeptFile } from './kept-files.ts';

/** An opened election whose ballots officers count. */
export interface OfficersElection {
  readonly opened: OpenedElection & { readonly manifest: OfficersManifest };
  /** The most ballots that there can be in the box. */
  readonly electors: number;
}

/** The election of a board; refuses with `no-board` where the server keeps the key. */
export const officersElection = (ctx: Context, key: ElectionKey): Promise<Result<OfficersElection>> =>
  look<OfficersElection>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key);
    if (opened === null) return refuse('not-open-yet');
    const { manifest } = opened;
    if (manifest.suite !== 2) return refuse('no-board');
    return ok({ opened: { ...opened, manifest }, electors: everOnRoll(await readRoll(em, opened)) });
  });

/** What the run of a board is computed from; refuses with `board-key-missing` while the repository does not have the key. */
export function runOf({ manifest }: OfficersElection['opened'], source: BoardSource): Result<BoardRun> {
  const transcript = transcriptOf(source, manifest.custody);
  return transcript === null
    ? refuse('board-key-missing')
    : ok({ manifest: canonicalJson(manifest), transcript });
}

/** A chain whose files are there whole, with their bytes. */
export interface ReadChain {
  readonly chain: Chain;
  readonly files: BoardChain;
}

/** As much of a board as is there whole; null without its box. What somebody else made of a file ends the chain before it. */
export async function readChain(
  ctx: Pick<Context, 'db'>,
  board: string,
  { box, mixes, decryptions, ties, voids }: Chain,
  electors: number,
): Promise<ReadChain | null> {
  const read = new Map<KeptFile, Uint8Array>();
  for (const file of [...(box === null ? [] : [box]), ...mixes, ...decryptions]) {
    const bytes = await bytesOf(ctx, board, file);
    if (bytes !== null) read.set(file, bytes);
  }
  const chain = chainOf([...read.keys(), ...ties, ...voids]);
  const bytes = (files: readonly KeptFile[]): Uint8Array[] => files.flatMap((file) => read.get(file) ?? []);
  const [first] = bytes(chain.box === null ? [] : [chain.box]);
  if (first === undefined) return null;
  const files = { electors, box: first, mixes: bytes(chain.mixes), decryptions: bytes(chain.decryptions) };
  return { chain, files };
}
