/**
 * Writes the vectors of what officers say beside mixing and decrypting: custody files that two readers could read differently,
 * complaints, proofs of holding a share, decisions. What is random in them changes each time: run it for a new format only, and give
 * that a new number. `node packages/custody/vectors/make-officers.ts`
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, encodeText, toHex } from '@elekto/wire';
import { writeTie, writeVoid } from '../src/board/decide.ts';
import { type Draft, readFile, writeFile } from '../src/board/file.ts';
import { boardOf, cast, makeManifest, makeOfficers, mixAll, SERVER } from '../src/board/testing.ts';
import { type Deal, ekmFor } from '../src/ceremony/deal.ts';
import { headerJson } from '../src/ceremony/header.ts';
import { type Liveness, proveHolding } from '../src/ceremony/liveness.ts';
import { type Body, type Post, postJson, signPost } from '../src/ceremony/post.ts';
import { sealShare } from '../src/ceremony/seal-share.ts';
import { nextPosts } from '../src/ceremony/take-part.ts';
import { writeTranscript } from '../src/ceremony/transcript.ts';
import { encodeScalar } from '../src/group/scalar.ts';
import { flip } from '../src/testing.ts';

const hex = (bytes: Uint8Array): string => toHex(bytes);
const filled = (by: number, length = 32): Uint8Array => new Uint8Array(length).fill(by);

const officers = await makeOfficers(3, 2);
const { header } = officers.board;
const secretOf = (officer: number): Uint8Array => officers.keys[officer - 1]?.signSecret ?? SERVER;
const signed = (officer: number, body: Body): Post => signPost(header, officer, body, secretOf(officer));
const whole = writeTranscript({ header, posts: officers.posts });
const json = officers.posts.map(postJson);
const head = headerJson(header);
const [first, ...others] = head['officers'] as Record<string, unknown>[];

const custody: [string, string, string | null][] = [
  ['as it is written', whole, null],
  ['in one line, with its keys in another order', JSON.stringify({ posts: json, header: head }), null],
  ['a threshold with a point', whole.replace('"threshold": 2', '"threshold": 2.0'), 'transcript-format'],
  ['a threshold with an exponent', whole.replace('"threshold": 2', '"threshold": 2e0'), 'transcript-format'],
  ['an officer with a point', whole.replace('"officer": 1,', '"officer": 1.0,'), 'transcript-format'],
  ['minus nothing', whole.replace('"officer": 1,', '"officer": -0,'), 'transcript-format'],
  [
    'a number that is too large',
    whole.replace('"officer": 1,', '"officer": 9007199254740993,'),
    'transcript-format',
  ],
  ['the posts twice', whole.replace('"posts": [', '"posts": [], "posts": ['), 'transcript-format'],
  [
    'a kind twice',
    whole.replace('"kind": "election"', '"kind": "rehearsal", "kind": "election"'),
    'transcript-format',
  ],
  ['a byte order mark', `\ufeff${whole}`, 'transcript-format'],
  ['half of a character', whole.replace('"officer-1"', '"officer-\\ud800"'), 'transcript-format'],
  [
    'a value inside 25 brackets',
    `{"header":${'['.repeat(25)}${']'.repeat(25)},"posts":[]}`,
    'transcript-format',
  ],
  ['a value inside 24 brackets', `{"header":${'['.repeat(24)}${']'.repeat(24)},"posts":[]}`, 'header-format'],
  [
    'a threshold of one and a login that is none',
    JSON.stringify({
      header: { ...head, threshold: 1, officers: [{ ...first, login: '-' }, ...others] },
      posts: json,
    }),
    'header-threshold',
  ],
  [
    'a day that is none and two officers',
    JSON.stringify({ header: { ...head, until: '2027-02-30', officers: others }, posts: json }),
    'header-format',
  ],
];

// Dealer 2 seals to officer 3 a share that is one more than it has to be.
const deals = officers.posts.slice(0, 3);
const right = deals[1]?.body as Deal;
const dealer = officers.keys[1] ?? { dealSecret: SERVER };
const opening = async (posts: readonly Post[]): Promise<Extract<Body, { kind: 'opening' }>> => {
  const [answer] = await nextPosts(header, posts, officers.keys[1] as NonNullable<(typeof officers.keys)[1]>);
  if (answer?.body.kind !== 'opening') throw new Error('an answer');
  return answer.body;
};
const complaint = signed(3, { kind: 'complaint', dealer: 2 });
// Officer 1 about 2 and 3: the first by position, wherever they are listed.
const byFirst = [2, 3].map((about) => signed(1, { kind: 'complaint', dealer: about }));
const shown = await opening([...deals, complaint]);
const wrongValue = encodeScalar(7n);
const context = { ceremonyId: header.ceremonyId, dealer: 2, receiver: 3, commitments: right.commitments };
const wrongSealed = await sealShare(
  context,
  header.officers[2]?.receive ?? SERVER,
  Uint8Array.from(wrongValue),
  ekmFor(header, dealer, 3),
);
const wrongDeal = signed(2, { ...right, shares: [...right.shares.slice(0, 2), wrongSealed] });
const withWrong = [deals[0], wrongDeal, deals[2]] as Post[];
const confirms = officers.posts.slice(3);

interface Disputed {
  readonly what: string;
  readonly posts: readonly Post[];
  readonly silenceCounts?: boolean;
  readonly state: string;
  readonly code?: string;
  /** Whose fault it is. */
  readonly party?: string;
}
const disputes: Disputed[] = [
  { what: 'nobody has dealt', posts: [], state: 'dealing' },
  { what: 'all have dealt', posts: deals, state: 'confirming' },
  { what: 'all have confirmed', posts: officers.posts, state: 'complete' },
  { what: 'a complaint that is not answered yet', posts: [...deals, complaint], state: 'disputed' },
  {
    ...{
      what: 'a complaint that was not answered in time',
      posts: [...deals, complaint],
      silenceCounts: true,
    },
    ...{ state: 'void', code: 'deal-unanswered', party: 'officer-2' },
  },
  {
    ...{ what: 'a false complaint', posts: [...deals, complaint, signed(2, shown)] },
    ...{ state: 'void', code: 'complaint-false', party: 'officer-3' },
  },
  {
    ...{
      what: 'an answer that was not what was sealed',
      posts: [...deals, complaint, signed(2, { ...shown, ekm: filled(1) })],
    },
    ...{ state: 'void', code: 'deal-share', party: 'officer-2' },
  },
  {
    what: 'a true complaint, the wrong share shown',
    posts: [...withWrong, complaint, signed(2, { ...shown, share: wrongValue })],
    ...{ state: 'void', code: 'deal-share', party: 'officer-2' },
  },
  {
    ...{
      what: 'a true complaint, the right share shown',
      posts: [...withWrong, complaint, signed(2, shown)],
    },
    ...{ state: 'void', code: 'deal-share', party: 'officer-2' },
  },
  {
    ...{
      what: 'an answer that is no scalar',
      posts: [...deals, complaint, signed(2, { ...shown, share: filled(255) })],
    },
    ...{ state: 'void', code: 'deal-share', party: 'officer-2' },
  },
  {
    ...{ what: 'a complaint by who also confirmed', posts: [...deals, ...confirms.slice(2), complaint] },
    ...{ state: 'void', code: 'complaint-and-confirm', party: 'officer-3' },
  },
  {
    ...{ what: 'a complaint about a deal that is not there', posts: [deals[0] as Post, complaint] },
    ...{ state: 'void', code: 'complaint-without-deal', party: 'officer-3' },
  },
  {
    what: 'two answers to one complaint',
    posts: [...deals, complaint, signed(2, shown), signed(2, { ...shown, ekm: filled(1) })],
    ...{ state: 'void', code: 'post-twice', party: 'officer-2' },
  },
  ...[
    [complaint, ...byFirst.slice(1)],
    [...byFirst.slice(1), complaint],
  ].map((both, i) => ({
    what: `two complaints that were not answered in time, ${i === 0 ? 'the later' : 'the earlier'} position listed first`,
    ...{ posts: [...deals, ...both], silenceCounts: true },
    ...{ state: 'void', code: 'deal-unanswered', party: 'officer-3' },
  })),
  {
    what: 'two complaints of one officer that were not answered in time, the later dealer listed first',
    ...{ posts: [...deals, ...byFirst.toReversed()], silenceCounts: true },
    ...{ state: 'void', code: 'deal-unanswered', party: 'officer-2' },
  },
  {
    what: 'two officers who said two words, the later position listed first',
    posts: [
      ...[complaint, signed(3, shown), signed(3, { ...shown, ekm: filled(1) })],
      ...[signed(2, shown), signed(2, { ...shown, ekm: filled(1) })],
    ],
    ...{ state: 'void', code: 'post-twice', party: 'officer-2' },
  },
  { what: 'a complaint after all have confirmed', posts: [...officers.posts, complaint], state: 'complete' },
];

const election = 'steering---2027';
const manifest = makeManifest(officers.board);
const manifestHash = Uint8Array.from(Buffer.from(manifest.rules.manifestHash, 'hex'));
const about: Record<Liveness['kind'], Liveness> = {
  ready: { kind: 'ready', election },
  alive: { kind: 'alive', election, manifestHash },
};
const share = officers.shares[1];
if (share === undefined) throw new Error('a share');
const [ready, alive] = [about.ready, about.alive].map((one) => proveHolding(officers.board, share, one)) as [
  Uint8Array,
  Uint8Array,
];
const liveness: [
  string,
  Liveness['kind'],
  Partial<{ election: string; officer: number; proof: Uint8Array; manifestHash: Uint8Array }>,
  string | null,
][] = [
  ['before the opening', 'ready', {}, null],
  ['while people vote', 'alive', {}, null],
  ['of another moment', 'alive', { proof: ready }, 'liveness-proof'],
  ['for another election', 'ready', { election: 'steering---2028' }, 'liveness-proof'],
  ['over another manifest', 'alive', { manifestHash: filled(1) }, 'liveness-proof'],
  ['of another officer', 'ready', { officer: 3 }, 'liveness-proof'],
  ['a byte too few', 'ready', { proof: ready.slice(1) }, 'liveness-format'],
  [
    'a scalar that is too large',
    'ready',
    { proof: Uint8Array.from([...ready.slice(0, 32), ...filled(255)]) },
    'liveness-format',
  ],
  [
    'a commitment that is no point',
    'ready',
    { proof: Uint8Array.from([...filled(255), ...ready.slice(32)]) },
    'liveness-format',
  ],
];

const records = [
  [1, 2, 3],
  [3, 1, 3],
].map((ranks) => cast(manifest, ranks).record);
const full = boardOf(manifest, officers.board, records);
const mixed = mixAll(full.board, officers, [2, 3]);
const empty = boardOf(manifest, officers.board, []);
const counts = [
  { box: full.file, mixes: mixed.files, board: mixed.board },
  { box: empty.file, mixes: [], board: empty.board },
] as const;
const resign = (file: Uint8Array, change: Partial<Draft>, by?: number): Uint8Array => {
  const read = readFile(file);
  if (read === null) throw new Error('a file');
  return writeFile({ ...read, ...change }, secretOf(by ?? change.officer ?? read.officer));
};
const decision = { winners: ['ada'], how: 'by lot', at: 1_800_000_000_000 };
const tie = (officer: number, said: unknown = decision, of: 0 | 1 = 0): Uint8Array =>
  writeTie(counts[of].board, 1, officer, said, secretOf(officer));
const ties: [string, 0 | 1, number, Uint8Array[], string | null][] = [
  ['two who say the same', 0, 1, [tie(1), tie(2)], null],
  ['all three', 0, 1, [tie(3), tie(1), tie(2)], null],
  [
    'the second decision',
    0,
    2,
    [1, 2].map((by) => writeTie(mixed.board, 2, by, decision, secretOf(by))),
    null,
  ],
  ['of a count without ballots', 1, 1, [tie(1, decision, 1), tie(2, decision, 1)], null],
  ['one alone', 0, 1, [tie(1)], 'decision-too-few'],
  ['one twice', 0, 1, [tie(1), tie(1)], 'decision-too-few'],
  ['nobody', 0, 1, [], 'decision-too-few'],
  ['other words', 0, 1, [tie(1), tie(2, { ...decision, how: 'by age' })], 'decision-differs'],
  ['not canonical', 0, 1, [resign(tie(1), { body: encodeText('{"winners": ["ada"]}') })], 'decision-format'],
  ['a number with a point', 0, 1, [resign(tie(1), { body: encodeText('{"at":1.5}') })], 'decision-format'],
  ['the first one given for the second', 0, 2, [tie(1), tie(2)], 'file-order'],
  ['of another list', 0, 1, [resign(tie(1), { prevHash: filled(1) })], 'file-previous'],
  [
    'of a count without ballots, after nothing',
    1,
    1,
    [resign(tie(1, decision, 1), { prevHash: filled(0) })],
    'file-previous',
  ],
  ['signed by another', 0, 1, [resign(tie(1), {}, 2)], 'file-signature'],
  ['by the server', 0, 1, [resign(tie(1), { officer: 0 }, 0)], 'file-officer'],
  ['by an officer that is none', 0, 1, [resign(tie(1), { officer: 4 }, 1)], 'file-officer'],
  ['of another run', 0, 1, [resign(tie(1), { manifestHash: filled(1) })], 'file-election'],
  ['a void', 0, 1, [writeVoid(manifest, 1, 'why', secretOf(1))], 'file-format'],
];
const REASON = 'a candidate was missing';
const cancel = (officer: number, reason = REASON): Uint8Array =>
  writeVoid(manifest, officer, reason, secretOf(officer));
const voids: [string, boolean, Uint8Array[], string | null][] = [
  ['two who say the same', false, [cancel(1), cancel(3)], null],
  ['after a decryption', true, [cancel(1), cancel(3)], 'void-after-decryption'],
  ['one alone', false, [cancel(2)], 'decision-too-few'],
  ['another reason', false, [cancel(1), cancel(2, 'another')], 'decision-differs'],
  ['of another run', false, [resign(cancel(1), { manifestHash: filled(1) })], 'file-election'],
  [
    'after the box',
    false,
    [resign(cancel(1), { prevHash: readFile(full.file)?.hash ?? filled(1) })],
    'file-previous',
  ],
  ['with a changed signature', false, [flip(cancel(1), cancel(1).length - 1)], 'file-signature'],
];

writeFileSync(
  join(import.meta.dirname, 'officers-1.json'),
  `${JSON.stringify(
    {
      transcript: whole,
      manifest: manifest.text,
      electors: 9,
      custody: custody.map(([what, transcript, code]) => ({ what, transcript, code })),
      disputes: disputes.map(({ posts, silenceCounts = false, code = null, party = null, ...rest }) => ({
        ...{ ...rest, silenceCounts, code, party },
        posts: posts.map(postJson),
      })),
      liveness: liveness.map(([what, kind, change, code]) => {
        const said = {
          election,
          officer: 2,
          proof: kind === 'ready' ? ready : alive,
          manifestHash,
          ...change,
        };
        return { what, kind, ...said, proof: hex(said.proof), manifestHash: hex(said.manifestHash), code };
      }),
      counts: counts.map(({ box, mixes }) => ({ box: hex(box), mixes: mixes.map(hex) })),
      ties: ties.map(([what, count, number, files, code]) => ({
        ...{ what, count, number, files: files.map(hex) },
        ...{ said: code === null ? canonicalJson(decision) : null, code },
      })),
      voids: voids.map(([what, decrypted, files, code]) => ({
        ...{ what, decrypted, files: files.map(hex) },
        ...{ said: code === null ? canonicalJson({ reason: REASON }) : null, code },
      })),
    },
    null,
    2,
  )}\n`,
);
