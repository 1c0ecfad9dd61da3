import { fromBase64Url } from '@elekto/wire';
import { z } from 'zod';
import { manifestShape, officersManifestShape, ruleShapes } from '../manifest/manifest-schema.ts';

const text = z.string().min(1);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const base64url = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`))
    .refine((given) => fromBase64Url(given, bytes) !== null);
/** The last millisecond that a date can be. */
const instant = z.int().min(0).max(8_640_000_000_000_000);
const whole = z.int().min(0);
const ids = z.array(text);

const outcome = {
  method: text,
  options: z.strictObject({
    strength: text,
    unranked: text,
    secondary: z.boolean(),
    order: text,
    seats: whole,
    limit: z.strictObject({ field: text, max: whole }).nullable(),
    ...ruleShapes,
    quorum: whole.exactOptional(),
  }),
  counts: z.strictObject({ cast: whole, blank: whole, opinions: z.record(text, whole) }),
  candidates: ids,
  pairwise: z.record(text, z.record(text, whole)),
  strongestPaths: z.record(text, z.record(text, z.union([whole, z.string(), z.null()]))),
  relation: z.record(text, ids),
  places: z.array(z.strictObject({ place: z.int().min(1), candidates: ids })),
  condorcetWinner: text.nullable(),
  condorcetLoser: text.nullable(),
  smith: ids,
  schwartz: ids,
};

const round = {
  round: z.int().min(1),
  quota: text.nullable(),
  votes: z.record(text, text),
  exhausted: text,
  elected: ids,
  excluded: ids,
};

/** `term`: of those who sit, who serves it. */
const termTie = { candidates: ids, seats: whole, term: text.exactOptional() };
const tie = { candidates: ids, seats: whole };
const decision = { winners: ids, how: z.string() };

const outcome1 = z.strictObject({
  ...outcome,
  seats: z.strictObject({
    available: whole,
    elected: ids,
    boundaryTie: z.strictObject(tie).nullable(),
    skipped: z.array(z.strictObject({ candidate: text, reason: z.string() })),
    decisions: z.array(z.strictObject({ ...tie, ...decision })),
  }),
  rounds: z.array(z.strictObject({ ...round, message: z.string() })),
  warnings: z.array(z.strictObject({ code: text, message: z.string() })),
  steps: z.array(z.strictObject({ code: text, message: z.string(), candidates: ids })),
  explanation: z.array(
    z.strictObject({
      first: text,
      second: text,
      for: whole,
      against: whole,
      decided: z.boolean(),
      path: ids.nullable(),
      sentence: z.string(),
    }),
  ),
});

const outcome2 = z.strictObject({
  ...outcome,
  seats: z.strictObject({
    available: whole,
    elected: ids,
    openTies: z.array(z.strictObject(termTie)),
    skipped: ids,
    decisions: z.array(z.strictObject({ ...termTie, ...decision })),
    terms: z.array(z.strictObject({ term: text, elected: ids })).exactOptional(),
  }),
  rounds: z.array(z.strictObject(round)),
});

/** What was decided about a tie. */
export const decisionShape = z.strictObject({
  winners: ids.min(1),
  how: z.string().min(1),
  by: text,
  at: instant,
});

const common = {
  election: text,
  manifestHash: hex(32),
  closedAt: instant,
  eligible: whole,
  cast: whole,
  root: hex(32),
  tieDecisions: z.array(decisionShape),
  publicKey: base64url(32),
  signature: base64url(64),
};

const boxedHere = {
  manifest: manifestShape,
  trackers: z.array(hex(16)),
  records: z.array(hex(32)),
};

/** results.json of format 1, as it was written. */
export const results1Shape = z.strictObject({
  format: z.literal('elekto-results/1'),
  ...common,
  ...boxedHere,
  commit: text,
  outcome: outcome1,
});

const since2 = {
  openedAs: text.nullable(),
  struck: z.array(z.strictObject({ id: text, commit: text })),
  voided: z.array(z.strictObject({ run: hex(16), manifestHash: hex(32), at: instant })),
  outcome: outcome2,
};

/** results.json as it is written of suite 1. docs/schema/results.schema.json is made of it. */
export const results2Shape = z.strictObject({
  format: z.literal('elekto-results/2'),
  ...common,
  ...boxedHere,
  ...since2,
});

/** results.json as it is written of suite 2. docs/schema/results-3.schema.json is made of it. */
export const results3Shape = z.strictObject({
  format: z.literal('elekto-results/3'),
  ...common,
  ...since2,
  manifest: officersManifestShape,
  invalid: whole,
  board: z
    .array(
      z.strictObject({
        name: z.string().regex(/^\d{2}-(box|mix|(decrypt|tie)-\d{2})\.bin$/),
        sha256: hex(32),
      }),
    )
    .min(1),
});

/** A voter's saved receipt. */
export const receiptShape = z.strictObject({
  version: z.literal(1),
  election: text,
  manifestHash: hex(32),
  recordHash: hex(32),
  signature: base64url(64),
  publicKey: base64url(32),
});
