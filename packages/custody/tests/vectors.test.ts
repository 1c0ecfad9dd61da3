import { canonicalJson } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { deriveBallot } from '../src/ballot/derive.ts';
import { embed } from '../src/ballot/embed.ts';
import { encodePayload } from '../src/ballot/payload.ts';
import { checkBallots } from '../src/ballot/check-many.ts';
import { decodePoint, encodePoint, generators, hashToScalar } from '../src/group/index.ts';
import {
  type BallotRules,
  checkBallot,
  checkRelease,
  addMix,
  checkHolding,
  checkTag,
  checkTie,
  checkVoid,
  finishedKey,
  hashRecord,
  headerJson,
  judgeCeremony,
  makeDeal,
  officerKey,
  openBallot,
  openBoard,
  readManifest,
  readTranscript,
  shareOf,
  verifyBoard,
  wordsToCompare,
  writeTranscript,
} from '../src/index.ts';
import { codeOf, must } from '../src/testing.ts';
import {
  type BallotCase,
  ballotVectors,
  boardVectors,
  bytesOf,
  ceremonyVectors,
  type Count,
  groupVectors,
  hexOf,
  officersVectors,
} from './vectors.ts';

const rulesOf = ({ rules }: BallotCase): BallotRules => ({
  manifestHash: rules.manifestHash,
  electionKey: bytesOf(rules.electionKey),
  candidates: rules.candidates,
  tracker: rules.trackers,
  allowNoOpinion: rules.allowNoOpinion,
});
const caseAt = (index: number): BallotCase => ballotVectors.cases[index] as BallotCase;

async function verify(count: Count): Promise<unknown> {
  const steps = verifyBoard({
    transcript: count.transcript,
    manifest: count.manifest,
    electors: count.electors,
    box: bytesOf(count.box),
    mixes: count.mixes.map(bytesOf),
    decryptions: count.decryptions.map(bytesOf),
  });
  for (;;) {
    const next = await steps.next();
    if (next.done !== true) {
      if (!next.value.ok) return next.value.error.code;
      continue;
    }
    const { board, opened } = next.value as NonNullable<typeof next.value>;
    return {
      boxHash: hexOf(board.box.hash),
      invalid: opened.invalid,
      rows: opened.rows.map(({ ranks, tracker }) => ({
        tracker: tracker && hexOf(tracker),
        ranks: [...ranks],
      })),
    };
  }
}

describe('the vectors of the group', () => {
  it('are met', () => {
    for (const { message, scalar } of groupVectors.scalars)
      expect(String(hashToScalar(bytesOf(message)))).toBe(scalar);
    expect(generators(groupVectors.generators.length).map(encodePoint).map(hexOf)).toEqual(
      groupVectors.generators,
    );
    for (const { payload, points } of groupVectors.payloads)
      expect(embed(bytesOf(payload)).map(encodePoint).map(hexOf)).toEqual(points);
    for (const text of groupVectors.notPoints) expect(decodePoint(bytesOf(text))).toBeNull();
  });
});

describe('the vectors of ballots', () => {
  it.each(ballotVectors.cases.map((one, i) => [i, one] as const))(
    'case %i is made and read again',
    (_, one) => {
      const rules = rulesOf(one);
      const record = bytesOf(one.record);
      const derived = deriveBallot(rules, bytesOf(one.seed));
      expect(derived.exponents.map(String)).toEqual(one.exponents);
      expect(hexOf(derived.tagKey)).toBe(one.tagKey);
      expect(derived.tracker && hexOf(derived.tracker)).toBe(one.tracker);
      const payload = encodePayload(rules, { ranks: one.ranks, tracker: derived.tracker });
      expect(embed(payload).map(encodePoint).map(hexOf)).toEqual(one.points);
      expect(codeOf(checkBallot(rules, record))).toBe('accepted');
      expect(codeOf(checkTag(rules, record, derived.tagKey, bytesOf(one.voterBinding)))).toBe('accepted');
      expect(must(openBallot(rules, bytesOf(one.seed), record)).ranks).toEqual(one.ranks);
      expect(hashRecord(rules.manifestHash, record)).toBe(one.recordHash);
    },
  );

  it.each(ballotVectors.bad.map((one) => [one.what, one.code, one] as const))('%s: %s', (_, code, one) => {
    const rules = rulesOf(caseAt(one.case));
    expect(codeOf(checkBallot(rules, bytesOf(one.record)))).toBe(code);
    expect(codeOf(checkBallots(rules, [bytesOf(caseAt(one.case).record), bytesOf(one.record)]))).toBe(code);
  });

  it('of releases are met', () => {
    for (const { case: of, newHash, release, code } of ballotVectors.releases) {
      const checked = checkRelease(
        rulesOf(caseAt(of)),
        bytesOf(caseAt(of).record),
        newHash,
        bytesOf(release),
      );
      expect(codeOf(checked)).toBe(code ?? 'accepted');
    }
  });
});

describe('the vectors of the ceremony', () => {
  it.each(ceremonyVectors.cases.map((one, i) => [i, one] as const))(
    'case %i gives its key and shares',
    async (_, one) => {
      const { header, posts } = must(readTranscript(one.transcript));
      const key = must(finishedKey(header, posts));
      expect(hexOf(encodePoint(key.electionKey))).toBe(one.electionKey);
      expect(key.verificationKeys.map(encodePoint).map(hexOf)).toEqual(one.verificationKeys);
      expect(hexOf(key.transcriptHash)).toBe(one.transcriptHash);
      expect(wordsToCompare(key.transcriptHash)).toBe(one.words);
      expect(writeTranscript({ header, posts })).toBe(one.transcript);
      for (const [i, root] of one.roots.entries()) {
        const officer = officerKey(bytesOf(root));
        expect(await makeDeal(header, i + 1, officer)).toEqual(posts[i]?.body);
        expect(String((await shareOf(header, posts, officer))?.secret)).toBe(one.shares[i]);
      }
    },
  );

  it.each(ceremonyVectors.bad.map((one) => [one.what, one.code, one] as const))(
    '%s: %s',
    async (_, code, one) => {
      const read = readTranscript(one.transcript);
      expect(codeOf(read.ok ? finishedKey(read.value.header, read.value.posts) : read)).toBe(code);
    },
  );
});

describe('the vectors of the board', () => {
  it.each(boardVectors.cases.map((one) => [one.name, one] as const))('%s: verified', async (_, one) => {
    const { boxHash, invalid, rows } = one;
    expect(await verify(one)).toEqual({ boxHash, invalid, rows });
  });

  it.each(boardVectors.bad.map((one) => [one.what, one.code, one] as const))(
    '%s: %s',
    async (_, code, one) => {
      expect(await verify({ ...(boardVectors.cases[one.case] as Count), ...one.change })).toBe(code);
    },
  );

  it('have every refusal of a count at least once', () => {
    const codes = new Set(boardVectors.bad.map(({ code }) => code));
    const expected = ['box', 'mix', 'decryption', 'file', 'manifest'];
    for (const step of expected)
      expect([...codes].filter((code) => code.startsWith(`${step}-`)).length).toBeGreaterThan(2);
  });
});

describe('the vectors of what officers say', () => {
  const { header, posts } = must(readTranscript(officersVectors.transcript));
  const key = must(finishedKey(header, posts));
  const manifest = must(readManifest(officersVectors.manifest));

  it.each(officersVectors.custody.map((one) => [one.what, one.code ?? 'accepted', one] as const))(
    'a custody file, %s: %s',
    (_, code, one) => {
      const read = readTranscript(one.transcript);
      expect(codeOf(read.ok ? finishedKey(read.value.header, read.value.posts) : read)).toBe(code);
    },
  );

  it.each(officersVectors.disputes.map((one) => [one.what, one.code ?? one.state, one] as const))(
    'a ceremony, %s: %s',
    async (_what, _code, { posts: said, silenceCounts, state, code, party }) => {
      const file = JSON.stringify({ header: headerJson(header), posts: said });
      const read = must(readTranscript(file));
      const standing = await judgeCeremony(read.header, read.posts, silenceCounts);
      const reason = standing.state === 'void' ? standing.reason : null;
      expect([standing.state, reason?.code ?? null, reason?.party ?? null]).toEqual([state, code, party]);
    },
  );

  it.each(officersVectors.liveness.map((one) => [one.what, one.code ?? 'accepted', one] as const))(
    'a proof of holding a share, %s: %s',
    (_, code, { kind, election, manifestHash, officer, proof }) => {
      const about = { kind, election, manifestHash: bytesOf(manifestHash) };
      expect(codeOf(checkHolding(key, officer, about, bytesOf(proof)))).toBe(code);
    },
  );

  it.each(officersVectors.ties.map((one) => [one.what, one.code ?? 'accepted', one] as const))(
    'a decision about a tie, %s: %s',
    (_, code, { count, number, files, said }) => {
      const { box, mixes } = officersVectors.counts[count] as (typeof officersVectors.counts)[number];
      const board = mixes.reduce(
        (before, mix) => must(addMix(before, bytesOf(mix))),
        must(openBoard(manifest, key, officersVectors.electors, bytesOf(box))),
      );
      const checked = checkTie(board, number, files.map(bytesOf));
      expect(codeOf(checked)).toBe(code);
      expect(checked.ok ? canonicalJson(checked.value) : null).toBe(said);
    },
  );

  it.each(officersVectors.voids.map((one) => [one.what, one.code ?? 'accepted', one] as const))(
    'a void, %s: %s',
    (_, code, { files, decrypted, said }) => {
      const checked = checkVoid(manifest, key, files.map(bytesOf), decrypted);
      expect(codeOf(checked)).toBe(code);
      expect(checked.ok ? canonicalJson(checked.value) : null).toBe(said);
    },
  );
});
