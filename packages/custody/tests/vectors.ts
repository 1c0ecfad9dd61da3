import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The vectors as they stand in their files. */
export const VECTORS = join(import.meta.dirname, '../vectors');

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(VECTORS, `${name}.json`), 'utf8')) as unknown;

export const groupVectors = read('group-1') as {
  scalars: { message: string; scalar: string }[];
  generators: string[];
  payloads: { payload: string; points: string[] }[];
  notPoints: string[];
};

export interface BallotCase {
  rules: {
    manifestHash: string;
    electionKey: string;
    candidates: number;
    trackers: boolean;
    allowNoOpinion: boolean;
  };
  seed: string;
  voterBinding: string;
  ranks: number[];
  exponents: string[];
  tagKey: string;
  tracker: string | null;
  points: string[];
  handle: string;
  record: string;
  recordHash: string;
}

export const ballotVectors = read('ballots-2') as {
  cases: BallotCase[];
  bad: { what: string; case: number; record: string; code: string }[];
  releases: { case: number; newHash: string | null; release: string; code: string | null }[];
};

export const ceremonyVectors = read('ceremony-1') as {
  cases: {
    roots: string[];
    transcript: string;
    electionKey: string;
    verificationKeys: string[];
    shares: string[];
    transcriptHash: string;
    words: string;
  }[];
  bad: { what: string; transcript: string; code: string }[];
};

export interface Count {
  transcript: string;
  manifest: string;
  electors: number;
  box: string;
  mixes: string[];
  decryptions: string[];
}

export const boardVectors = read('board-1') as {
  cases: (Count & {
    name: string;
    boxHash: string;
    rows: { tracker: string | null; ranks: number[] }[];
    invalid: number;
  })[];
  bad: { what: string; case: number; change: Partial<Count>; code: string }[];
};

interface Decided {
  what: string;
  files: string[];
  /** What stands, as canonical JSON. */
  said: string | null;
  code: string | null;
}

export const officersVectors = read('officers-1') as {
  transcript: string;
  manifest: string;
  electors: number;
  custody: { what: string; transcript: string; code: string | null }[];
  disputes: {
    what: string;
    posts: unknown[];
    silenceCounts: boolean;
    state: string;
    code: string | null;
    party: string | null;
  }[];
  liveness: {
    what: string;
    kind: 'ready' | 'alive';
    election: string;
    manifestHash: string;
    officer: number;
    proof: string;
    code: string | null;
  }[];
  counts: { box: string; mixes: string[] }[];
  ties: (Decided & { count: number; number: number })[];
  voids: (Decided & { decrypted: boolean })[];
};

export const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
