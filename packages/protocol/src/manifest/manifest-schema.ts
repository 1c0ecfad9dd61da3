import { METHODS, RECEIPT_MODES } from '@elekto/election';
import type { HouseRules } from '@elekto/election';
import { compareCodePoints, fromBase64Url } from '@elekto/wire';
import { z } from 'zod';
import type { Manifest, ManifestV2 } from './manifest.ts';

const text = z.string().min(1);
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const isPublicKey = (key: string): boolean => fromBase64Url(key, 32) !== null;
/** 32 bytes, base64url in the one form without padding. */
const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .refine(isPublicKey);

const pinned = {
  key: text,
  name: text,
  seats: z.int().min(0),
  counting: z.strictObject({
    method: z.enum(METHODS),
    strength: z.enum(['winning', 'margins', 'ratio', 'opposition']),
    unranked: z.enum(['no-opinion', 'last']),
    secondary: z.boolean(),
    order: z.enum(['losses', 'wins', 'layers']),
  }),
  representationLimit: z.strictObject({ field: text, max: z.int().min(0) }).nullable(),
  limitValues: z.record(text, text).nullable(),
  candidates: z.array(text),
  allowNoOpinion: z.boolean(),
  receipts: z.enum(RECEIPT_MODES),
  deleteAfter: z.boolean(),
  publicKey,
  sourceCommit: text,
};

const ratio = z.strictObject({ part: z.int().min(0), whole: z.int().min(1) });

/** The rules of the organisation as far as manifest and outcome write them alike. */
export const ruleShapes = {
  minimumShare: ratio.exactOptional(),
  noneOfTheAbove: z
    .strictObject({
      candidate: text,
      rule: z.enum(['seats', 'drop']),
      majority: ratio,
      support: z.int().min(0),
    })
    .exactOptional(),
  groups: z.strictObject({ field: text, seats: z.record(text, z.int().min(1)) }).exactOptional(),
  terms: z
    .array(z.strictObject({ seats: z.int().min(1), term: text }))
    .min(1)
    .exactOptional(),
};

const second = {
  version: z.literal(2),
  ...pinned,
  kind: z.enum(['election', 'rehearsal']),
  run: hex(16),
  names: z.record(text, z.string()),
  edition: z.literal(3).exactOptional(),
  houseRules: z
    .strictObject({
      ...ruleShapes,
      quorum: z.union([z.strictObject({ ballots: z.int().min(0) }), ratio]).exactOptional(),
      vacancies: z.literal('count-back').exactOptional(),
    })
    .exactOptional(),
  groupValues: z.record(text, text).exactOptional(),
};

/**
 * The form of a manifest of suite 1, of any version; what its fields must be to each other is `manifestProblem`'s, here and
 * below.
 */
export const manifestShape = z.discriminatedUnion('version', [
  z.strictObject({ version: z.literal(1), ...pinned, suite: z.literal(1), shards: z.int().min(1) }),
  z.strictObject({ ...second, suite: z.literal(1) }),
]);

/** The form of a manifest of suite 2. */
export const officersManifestShape = z.strictObject({
  ...second,
  suite: z.literal(2),
  custody: hex(32),
  threshold: z.int().min(2),
  officers: z.array(text).min(3),
  serverKey: publicKey,
  trackers: z.literal(false),
});

type Checked = Pick<Manifest, 'candidates' | 'limitValues' | 'representationLimit' | 'seats'> &
  Partial<Pick<ManifestV2, 'names' | 'houseRules' | 'groupValues'>>;

/** A rule that a manifest of the right form breaks. */
export type ManifestProblem =
  | 'manifest-unordered'
  /** A limit without values, or values without a limit. */
  | 'manifest-limit'
  /** A value of the limit of somebody who does not stand. */
  | 'manifest-values'
  /** The rules about seats contradict each other, or speak of somebody who does not stand. */
  | 'manifest-rules'
  /** The names are not those of the candidates. */
  | 'manifest-names';

/** What is wrong with a manifest of the right form; null when every rule is kept. */
export function manifestProblem(manifest: Checked): ManifestProblem | null {
  const { candidates, limitValues, representationLimit } = manifest;
  const standing = new Set(candidates);
  const unordered = candidates.some((id, i) => i > 0 && compareCodePoints(candidates[i - 1] ?? '', id) >= 0);
  if (unordered) return 'manifest-unordered';
  if ((limitValues === null) !== (representationLimit === null)) {
    return 'manifest-limit';
  }
  const values = Object.entries(limitValues ?? {});
  if (values.some(([id, value]) => !standing.has(id) || typeof value !== 'string' || value === '')) {
    return 'manifest-values';
  }
  if (!keepsHouseRules(manifest)) return 'manifest-rules';
  if (manifest.names === undefined) return null;
  const named = Object.entries(manifest.names);
  return named.length === standing.size &&
    named.every(([id, name]) => standing.has(id) && typeof name === 'string')
    ? null
    : 'manifest-names';
}

const keepsHouseRules = ({ houseRules = {}, ...manifest }: Checked): boolean => {
  const { quorum, minimumShare, noneOfTheAbove, terms } = houseRules;
  const shares = [quorum, minimumShare].filter((each) => each !== undefined && 'whole' in each);
  return (
    shares.every(({ part, whole }) => part <= whole) &&
    (noneOfTheAbove === undefined ||
      (manifest.candidates.includes(noneOfTheAbove.candidate) &&
        noneOfTheAbove.majority.part >= noneOfTheAbove.majority.whole)) &&
    keepsGroups(manifest, houseRules.groups) &&
    (terms === undefined || keepsTerms(manifest, terms))
  );
};

/** Each seat has one of the terms, no two of which are alike. */
const keepsTerms = ({ seats }: Checked, terms: NonNullable<HouseRules['terms']>): boolean =>
  terms.reduce((sum, each) => sum + each.seats, 0) === seats &&
  new Set(terms.map(({ term }) => term)).size === terms.length;

/** Groups have members and seats that there are, and agree with the limit. */
function keepsGroups(
  { candidates, seats, representationLimit: limit, groupValues }: Checked,
  groups: HouseRules['groups'],
): boolean {
  if (groups === undefined || groupValues === undefined) return groups === groupValues;
  const kept = Object.values(groups.seats);
  const members = Object.entries(groupValues);
  return (
    kept.length > 0 &&
    kept.reduce((sum, each) => sum + each, 0) <= seats &&
    (limit === null || (limit.field === groups.field && kept.every((each) => each <= limit.max))) &&
    members.every(([id, value]) => candidates.includes(id) && Object.hasOwn(groups.seats, value))
  );
}
