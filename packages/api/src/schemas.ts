/** The wire shapes that several procedures share. Inputs are strict; outputs drop what they do not name. */
import type { BallotPaper, Receipt, SealedCast, StoredRecord } from '@elekto/protocol/ballot';
import type { ExceptionRequest } from '@elekto/ballot-box';
import type { Manifest } from '@elekto/protocol/manifest';
import {
  METHODS,
  RECEIPT_MODES,
  REPOSITORY_HOSTS,
  type CountingRule,
  type Diagnostic,
  type HouseRules,
} from '@elekto/election';
import { z } from 'zod';

/** Folder names are free text; only length and control characters are checked here. */
export const keySchema = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^\u0000-\u001f\u007f]+$/);

export const byKey = z.strictObject({ key: keySchema });

/** base64url without padding, at most `bytes` bytes. */
const base64url = (bytes: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((bytes * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/);

export const handleSchema = base64url(64);
export const authKeySchema = base64url(64);
export const shardSchema = z.int().min(0).max(100_000);
/** Where a voter's record lies; the shard only for a manifest of version 1. */
export const placeSchema = z.strictObject({ handle: handleSchema, shard: shardSchema.optional() });

/** What a voter signs when a ballot of suite 2 leaves the box. */
export const releaseSchema = base64url(64).optional();

const everyCast = {
  manifestHash: z.string().min(1).max(128),
  kdf: z.int().min(0).max(255),
  salt: base64url(64),
  authKey: authKeySchema,
  sealedSeed: base64url(256),
};
const hpkeCast = z.strictObject({
  ...everyCast,
  suite: z.int().min(0).max(255),
  handle: handleSchema.optional(),
  shard: shardSchema.optional(),
  encapsulated: base64url(128),
  ciphertext: base64url(16_384),
  binding: base64url(256),
});
const officersCast = z.strictObject({
  ...everyCast,
  suite: z.literal(2),
  record: base64url(16_384),
  tagKey: base64url(64),
});
/** Lengths are checked exactly by the ballot box; here only what keeps rubbish out of it. */
export const sealedCastSchema = z.union([officersCast, hpkeCast]) satisfies z.ZodType<SealedCast>;

export const storedRecordSchema = z.union([
  z.object({ encapsulated: z.string(), ciphertext: z.string() }),
  z.object({ record: z.string() }),
]) satisfies z.ZodType<StoredRecord>;

export const receiptSchema = z.object({
  version: z.literal(1),
  election: z.string(),
  manifestHash: z.string(),
  recordHash: z.string(),
  signature: z.string(),
  publicKey: z.string(),
}) satisfies z.ZodType<Receipt>;

export const receiptAnswer = z.object({ receipt: receiptSchema.nullable() });

const countingSchema = z.object({
  method: z.enum(METHODS),
  strength: z.enum(['winning', 'margins', 'ratio', 'opposition']),
  unranked: z.enum(['no-opinion', 'last']),
  secondary: z.boolean(),
  order: z.enum(['losses', 'wins', 'layers']),
}) satisfies z.ZodType<CountingRule>;

const ratio = z.object({ part: z.number(), whole: z.number() });
const houseRulesSchema = z.object({
  quorum: z.union([z.object({ ballots: z.number() }), ratio]).exactOptional(),
  minimumShare: ratio.exactOptional(),
  noneOfTheAbove: z
    .object({ candidate: z.string(), rule: z.enum(['seats', 'drop']), majority: ratio, support: z.number() })
    .exactOptional(),
  groups: z.object({ field: z.string(), seats: z.record(z.string(), z.number()) }).exactOptional(),
  terms: z
    .array(z.object({ seats: z.number(), term: z.string() }))
    .readonly()
    .exactOptional(),
  vacancies: z.literal('count-back').exactOptional(),
}) satisfies z.ZodType<HouseRules>;

const everyManifest = z.object({
  key: z.string(),
  name: z.string(),
  seats: z.number(),
  counting: countingSchema,
  representationLimit: z.object({ field: z.string(), max: z.number() }).nullable(),
  limitValues: z.record(z.string(), z.string()).nullable(),
  candidates: z.array(z.string()).readonly(),
  allowNoOpinion: z.boolean(),
  receipts: z.enum(RECEIPT_MODES),
  deleteAfter: z.boolean(),
  publicKey: z.string(),
  sourceCommit: z.string(),
});
const secondManifest = everyManifest.extend({
  version: z.literal(2),
  kind: z.enum(['election', 'rehearsal']),
  run: z.string(),
  names: z.record(z.string(), z.string()),
  edition: z.literal(3).exactOptional(),
  houseRules: houseRulesSchema.exactOptional(),
  groupValues: z.record(z.string(), z.string()).exactOptional(),
});
export const manifestSchema = z.union([
  everyManifest.extend({ version: z.literal(1), suite: z.literal(1), shards: z.number() }),
  secondManifest.extend({ suite: z.literal(1) }),
  secondManifest.extend({
    suite: z.literal(2),
    custody: z.string(),
    threshold: z.number(),
    officers: z.array(z.string()).readonly(),
    serverKey: z.string(),
    trackers: z.literal(false),
  }),
]) satisfies z.ZodType<Manifest>;

export const ballotPaperSchema = z.object({
  manifest: manifestSchema,
  manifestHash: z.string(),
  voterBinding: z.string(),
  kdf: z.object({
    id: z.number(),
    algorithm: z.literal('argon2id'),
    memoryKiB: z.number(),
    iterations: z.number(),
    parallelism: z.number(),
  }),
  opensAt: z.number(),
  closesAt: z.number(),
  voted: z.boolean(),
  struck: z.array(z.string()).readonly().optional(),
}) satisfies z.ZodType<BallotPaper>;

export const EXCEPTION_STATUSES = ['open', 'approved', 'declined', 'more-information'] as const;

/** The longest answer, note or reason in a request for an exception, in UTF-16 code units. */
export const LONGEST_NOTE = 5000;

export const exceptionStepSchema = z.object({
  at: z.number(),
  from: z.enum(['officer', 'voter']),
  by: z.string(),
  status: z.enum(EXCEPTION_STATUSES),
  note: z.string(),
});

export const exceptionRequestSchema = z.object({
  id: z.string(),
  election: z.string(),
  login: z.string(),
  account: z.string(),
  name: z.string(),
  email: z.string(),
  reason: z.string(),
  status: z.enum(EXCEPTION_STATUSES),
  version: z.number(),
  requestedAt: z.number(),
  history: z.array(exceptionStepSchema).readonly(),
}) satisfies z.ZodType<ExceptionRequest>;

export const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  message: z.string(),
  hint: z.string(),
}) satisfies z.ZodType<Diagnostic>;

export const phaseSchema = z.enum(['upcoming', 'open', 'ended']);
export const boxStateSchema = z.enum(['open', 'closed', 'finalised', 'published']);

/** Where the files lie that people change, and at which commit they were read. */
export const metaSchema = z.object({
  url: z.string().nullable(),
  host: z.enum(REPOSITORY_HOSTS).nullable(),
  branch: z.string().nullable(),
  commit: z.string(),
});
