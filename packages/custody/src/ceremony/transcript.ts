import { parseStrictJson, type StrictJsonError } from '@elekto/wire';
import { exactly } from '../json.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { type Header, headerJson, readHeader } from './header.ts';
import { type Post, postJson, readPost } from './post.ts';

/** A custody file: the header, then all posts of its ceremony. */
export interface Transcript {
  readonly header: Header;
  readonly posts: readonly Post[];
}

const MOST_POSTS = 10_000;

/** The text of a custody file: JSON, two spaces deep, for people who review it in git. */
export const writeTranscript = ({ header, posts }: Transcript): string =>
  `${JSON.stringify({ header: headerJson(header), posts: posts.map(postJson) }, null, 2)}\n`;

/** What every reader finds in a text, or why two could differ, as with a key that stands twice. */
function strictly(text: string): { readonly value: unknown; readonly why: string | null } {
  try {
    return { value: parseStrictJson(text), why: null };
  } catch (error) {
    return { value: null, why: (error as StrictJsonError).message };
  }
}

/** Reads a custody file. Every post has to be signed for this header; what the posts say is for {@link judgeCeremony}. */
export function readTranscript(text: string): Result<Transcript> {
  const { value, why } = strictly(text);
  const file = exactly(value, ['header', 'posts']);
  const at = { step: 'custody file', party: 'whoever wrote it' };
  if (why !== null)
    return refuse('transcript-format', at, `it is not the JSON that signed files are made of, ${why}.`);
  if (file === null || !Array.isArray(file.posts) || file.posts.length > MOST_POSTS)
    return refuse('transcript-format', at, 'it is not a header and a list of posts.');
  const header = readHeader(file.header);
  if (!header.ok) return header;
  const posts: Post[] = [];
  for (const value of file.posts) {
    const post = readPost(header.value, value);
    if (!post.ok) return post;
    posts.push(post.value);
  }
  return accept({ header: header.value, posts });
}
