/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type Counting,
  countingPosts,
  type Header,
  type Post,
  readPost,
  readTranscript,
  type Transcript,
} from '@elekto/custody/ceremony';
import { custodyWayOut } from '@elekto/election';
import { answered } from '@elekto/officer';
import { toHex } from '@elekto/wire';
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { connect, type Connection, type ServerFlags } from './connection.ts';
import { waitsFile, type WaitsFile } from './waits.ts';

export interface BoardFlags extends ServerFlags {
  /** The custody file by its path from the elections folder. */
  readonly board: string;
  /** The elections folder of a checkout, from which the header is then read. */
  readonly elections?: string;
}

/** A ceremony as this computer sees it. */
export interface Ceremony extends Counting {
  readonly header: Header;
  readonly connection: Connection;
  /** The elections that name the file, as the server says. */
  readonly elections: readonly { readonly name: string; readonly opensAt: number }[];
  readonly waits: WaitsFile;
}

const served = z.object({
  text: z.string(),
  posts: z.array(z.unknown()),
  elections: z.array(z.object({ name: z.string(), opensAt: z.number() })),
});

/**
 * Looks at a ceremony. With a checkout the header is read there and has to be the server's; a post that its officer has
 * not signed for this header is not looked at, whoever sends it.
 */
export async function lookAt(flags: BoardFlags): Promise<Ceremony> {
  const connection = connect(flags);
  const said = answered(served, await connection.query('custody.board', { file: flags.board }));
  const theirs = transcriptOf(said.text, `the server's ${flags.board}`);
  const file = flags.elections === undefined ? theirs : localTranscript(flags.elections, flags.board);
  const { header } = file;
  if (toHex(header.ceremonyId) !== toHex(theirs.header.ceremonyId))
    throw new CliError(
      `${flags.board} of your checkout and of the server are different ceremonies. Update your checkout; if they still differ, tell the other officers and post nothing.`,
    );
  const fromServer = said.posts.flatMap((value) => {
    const post = readPost(header, value);
    return post.ok ? [post.value] : [];
  });
  return {
    header,
    ...judgedBy(header, [file, theirs], fromServer),
    connection,
    elections: said.elections,
    waits: waitsFile(flags.tokenFile),
  };
}

/** The posts that count, where the file lies in a checkout and at the server, and one of the two may be the older one. */
function judgedBy(header: Header, files: readonly Transcript[], signed: readonly Post[]): Counting {
  const found = files.map(({ posts }) => countingPosts(header, posts, signed));
  const all = files.flatMap(({ posts }) => posts);
  return (
    found.find(({ inGit }) => inGit) ?? { posts: unique([...all, ...signed]), inGit: false, unheard: [] }
  );
}

/** The custody file of a checkout. */
export function localTranscript(elections: string, board: string): Transcript {
  const path = join(elections, board);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  return transcriptOf(text, path);
}

function transcriptOf(text: string, name: string): Transcript {
  const read = readTranscript(text);
  if (read.ok) return read.value;
  const { code, message } = read.error;
  throw new CliError(`${name}: ${message} ${custodyWayOut(code).hint}`);
}

/** Each post once; two words in one place are two. */
function unique(posts: readonly Post[]): Post[] {
  const found = new Map(posts.map((post) => [toHex(post.signature) + String(post.officer), post]));
  return [...found.values()];
}
