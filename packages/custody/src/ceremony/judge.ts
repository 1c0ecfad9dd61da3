import { canonicalJson } from '@elekto/wire';
import { same } from '../list.ts';
import { accept, refuse, type Refusal, type RefusalCode, type Result } from '../refusal.ts';
import { addDeals, type BoardKey } from './board-key.ts';
import { checkDeal, type Deal } from './deal.ts';
import { type Header, officerAt } from './header.ts';
import { type Body, bodyJson, type Post } from './post.ts';
import { type CheckedDeal, judgeOpening } from './shares.ts';

type Of<K extends Body['kind']> = Extract<Body, { kind: K }>;

/** Where a ceremony stands. Positions are from 1; those `missing` are named without blame. */
export type Standing =
  | { readonly state: 'dealing'; readonly missing: readonly number[] }
  | { readonly state: 'disputed'; readonly dealer: number; readonly complainer: number }
  | { readonly state: 'confirming'; readonly missing: readonly number[]; readonly key: BoardKey }
  | { readonly state: 'complete'; readonly key: BoardKey }
  /** Over without a key: the next one takes a new header. The refusal names who it was. */
  | { readonly state: 'void'; readonly reason: Refusal };

const refusal = (code: RefusalCode, step: string, party: string, sentence: string): Refusal =>
  (refuse(code, { step, party }, sentence) as { error: Refusal }).error;

const voided = (
  header: Header,
  code: RefusalCode,
  officer: number,
  step: string,
  sentence: string,
): Standing => ({
  state: 'void',
  reason: refusal(code, step, officerAt(header, officer).login, sentence),
});

/** All posts of one kind, with their officers. */
const postsOf = <K extends Body['kind']>(
  posts: readonly Post[],
  kind: K,
): { officer: number; body: Of<K> }[] =>
  posts.flatMap(({ officer, body }) => (body.kind === kind ? [{ officer, body: body as Of<K> }] : []));

/** The slot that a post fills; an officer has one word for each. */
export function slotOf({ officer, body }: Post): string {
  if (body.kind === 'complaint') return `${officer} complaint ${body.dealer}`;
  if (body.kind === 'opening') return `${officer} opening ${body.complainer}`;
  return `${officer} ${body.kind}`;
}

function findTwoWords(header: Header, posts: readonly Post[]): Standing | null {
  const said = new Map<string, string>();
  for (const post of posts) {
    const [slot, text] = [slotOf(post), canonicalJson(bodyJson(post.body))];
    if ((said.get(slot) ?? text) !== text)
      return voided(
        header,
        'post-twice',
        post.officer,
        post.body.kind,
        'two different ones are signed for one place.',
      );
    said.set(slot, text);
  }
  return null;
}

async function judgeComplaints(
  header: Header,
  posts: readonly Post[],
  deals: readonly CheckedDeal[],
  silenceCounts: boolean,
): Promise<Standing | null> {
  for (const { officer: complainer, body } of postsOf(posts, 'complaint')) {
    if (postsOf(posts, 'confirm').some(({ officer }) => officer === complainer))
      return voided(
        header,
        'complaint-and-confirm',
        complainer,
        'complaint',
        'they also confirmed all deals.',
      );
    const checked = deals.find(({ dealer }) => dealer === body.dealer);
    if (checked === undefined)
      return voided(
        header,
        'complaint-without-deal',
        complainer,
        'complaint',
        'it is about a deal that is not there.',
      );
    const opening = postsOf(posts, 'opening').find(
      (post) => post.officer === body.dealer && post.body.complainer === complainer,
    );
    if (opening === undefined) {
      if (!silenceCounts) return { state: 'disputed', dealer: body.dealer, complainer };
      return voided(header, 'deal-unanswered', body.dealer, 'deal', 'a complaint about it was not answered.');
    }
    const guilty = await judgeOpening(header, checked, complainer, opening.body);
    return guilty === 'dealer'
      ? voided(
          header,
          'deal-share',
          body.dealer,
          'deal',
          `the share for ${officerAt(header, complainer).login} is not what the commitments say.`,
        )
      : voided(
          header,
          'complaint-false',
          complainer,
          'complaint',
          `the share that ${officerAt(header, body.dealer).login} dealt is right.`,
        );
  }
  return null;
}

/** What the posts say as far as no complaint has to be judged: in the order in which a verifier looks. */
interface Looked {
  /** Over for a reason that everybody sees in a single post. */
  readonly over: Standing | null;
  readonly deals: readonly CheckedDeal[];
  /** Null until all n deals are there, and when a key is the neutral element. */
  readonly key: BoardKey | null;
  /** Who has confirmed this key, by position. */
  readonly agreed: ReadonlySet<number>;
}

const positionsOf = (header: Header): number[] => header.officers.map((_, i) => i + 1);

function look(header: Header, posts: readonly Post[]): Looked {
  const nothing = { deals: [], key: null, agreed: new Set<number>() };
  const twice = findTwoWords(header, posts);
  if (twice !== null) return { ...nothing, over: twice };
  const dealt = new Map<number, Deal>(postsOf(posts, 'deal').map(({ officer, body }) => [officer, body]));
  const deals: CheckedDeal[] = [];
  for (const dealer of positionsOf(header)) {
    const deal = dealt.get(dealer);
    if (deal === undefined) continue;
    const checked = checkDeal(header, dealer, deal);
    if (!checked.ok) return { ...nothing, over: { state: 'void', reason: checked.error } };
    deals.push({ dealer, deal, commitments: checked.value });
  }
  const key = deals.length === header.officers.length ? addDeals(header, deals) : null;
  const agreed = postsOf(posts, 'confirm').filter(
    ({ body }) => key !== null && same(body.transcript, key.transcriptHash),
  );
  return { over: null, deals, key, agreed: new Set(agreed.map(({ officer }) => officer)) };
}

const isComplete = (header: Header, { agreed }: Looked): boolean =>
  positionsOf(header).every((one) => agreed.has(one));

/** Where a ceremony stands that is not over and in which no complaint is open. */
function standingOf(header: Header, posts: readonly Post[], { deals, key, agreed }: Looked): Standing {
  const positions = positionsOf(header);
  if (deals.length < positions.length)
    return {
      state: 'dealing',
      missing: positions.filter((one) => !deals.some(({ dealer }) => dealer === one)),
    };
  if (key === null)
    return {
      state: 'void',
      reason: refusal('key-neutral', 'ceremony', 'nobody', 'the key is the neutral element.'),
    };
  const odd = postsOf(posts, 'confirm').find(({ officer }) => !agreed.has(officer));
  if (odd !== undefined)
    return voided(
      header,
      'confirm-differs',
      odd.officer,
      'confirm',
      'it is not for these deals and this key.',
    );
  return { state: 'confirming', missing: positions.filter((one) => !agreed.has(one)), key };
}

/**
 * Where a ceremony stands, from its header and its posts alone, in whatever order they come: every computer finds the
 * same. With `silenceCounts`, the time to answer complaints is over.
 */
export async function judgeCeremony(
  header: Header,
  posts: readonly Post[],
  silenceCounts = false,
): Promise<Standing> {
  const looked = look(header, posts);
  if (looked.over !== null) return looked.over;
  if (looked.key !== null && isComplete(header, looked)) return { state: 'complete', key: looked.key };
  const dispute = await judgeComplaints(header, posts, looked.deals, silenceCounts);
  return dispute ?? standingOf(header, posts, looked);
}

/** The posts of a finished ceremony as its file has them: n deals, then n confirmations, by position. */
export const finishedPosts = (posts: readonly Post[]): Post[] =>
  (['deal', 'confirm'] as const).flatMap((kind) => {
    const some = posts.filter(({ body }) => body.kind === kind).toSorted((a, b) => a.officer - b.officer);
    return some.filter(({ officer }, i) => officer !== some[i - 1]?.officer);
  });

/**
 * The key of a ceremony that is complete; for any other, why there is none. What is asked of a custody file in git is
 * strict: the posts of {@link finishedPosts} and nothing else.
 */
export function finishedKey(header: Header, posts: readonly Post[]): Result<BoardKey> {
  const looked = look(header, posts);
  if (looked.over === null && looked.key !== null && isComplete(header, looked)) {
    const exact = finishedPosts(posts);
    if (exact.length === posts.length && exact.every((post, i) => post === posts[i]))
      return accept(looked.key);
    const at = { step: 'ceremony', party: 'whoever wrote the custody file' };
    return refuse(
      'transcript-extra',
      at,
      'it has more posts than n deals and n confirmations, or another order.',
    );
  }
  const standing = looked.over ?? standingOf(header, posts, looked);
  if (standing.state === 'void') return { ok: false, error: standing.reason };
  const missing = 'missing' in standing ? standing.missing : [];
  const names = missing.map((position) => officerAt(header, position).login).join(', ');
  return refuse(
    'key-unfinished',
    { step: 'ceremony', party: names },
    'it is not finished; they are waited for.',
  );
}
