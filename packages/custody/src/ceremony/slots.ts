import { canonicalJson } from '@elekto/wire';
import type { Header } from './header.ts';
import { type Body, bodyJson, type Post } from './post.ts';
import { SENTENCES } from './sentences.ts';
import { type Standing, voided } from './standing.ts';

type Of<K extends Body['kind']> = Extract<Body, { kind: K }>;

/** All posts of one kind, with their officers: by position, and complaints of one officer by dealer, in whatever order they came. */
export const postsOf = <K extends Body['kind']>(
  posts: readonly Post[],
  kind: K,
): { officer: number; body: Of<K> }[] =>
  posts
    .flatMap(({ officer, body }) => (body.kind === kind ? [{ officer, body: body as Of<K> }] : []))
    .toSorted((a, b) => a.officer - b.officer || aboutOf(a.body) - aboutOf(b.body));

/** The officer whom a body is about; 0 where it is about all. */
const aboutOf = (body: Body): number =>
  body.kind === 'complaint' ? body.dealer : body.kind === 'opening' ? body.complainer : 0;

/** The slot that a post fills; an officer has one word for each. */
export function slotOf({ officer, body }: Post): string {
  if (body.kind === 'complaint') return `${officer} complaint ${body.dealer}`;
  if (body.kind === 'opening') return `${officer} opening ${body.complainer}`;
  return `${officer} ${body.kind}`;
}

const KINDS: readonly Body['kind'][] = ['deal', 'confirm', 'complaint', 'opening'];

/** The order of places: by position, kind, and whom the body is about. */
export const byPlace = (a: Post, b: Post): number =>
  a.officer - b.officer ||
  KINDS.indexOf(a.body.kind) - KINDS.indexOf(b.body.kind) ||
  aboutOf(a.body) - aboutOf(b.body);

/** Over, when somebody signed two words for one place: of several, the first place, in whatever order the posts came. */
export function findTwoWords(header: Header, posts: readonly Post[]): Standing | null {
  const said = new Map<string, string>();
  for (const post of posts.toSorted(byPlace)) {
    const [slot, text] = [slotOf(post), canonicalJson(bodyJson(post.body))];
    if ((said.get(slot) ?? text) !== text)
      return voided(header, 'post-twice', post.officer, post.body.kind, SENTENCES.twoWords);
    said.set(slot, text);
  }
  return null;
}
