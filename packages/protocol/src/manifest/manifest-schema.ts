import { METHODS, RECEIPT_MODES } from '@elekto/election';
import { compareCodePoints, fromBase64Url } from '@elekto/wire';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';

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
  suite: z.literal(1),
  sourceCommit: text,
};

/** The form of a manifest of any version; what its fields must be to each other is `manifestProblem`'s. */
export const manifestShape = z.discriminatedUnion('version', [
  z.strictObject({ version: z.literal(1), ...pinned, shards: z.int().min(1) }),
  z.strictObject({
    version: z.literal(2),
    ...pinned,
    kind: z.enum(['election', 'rehearsal']),
    run: hex(16),
    names: z.record(text, z.string()),
  }),
]);

type Checked = Pick<Manifest, 'candidates' | 'limitValues' | 'representationLimit'> & {
  readonly names?: Readonly<Record<string, string>>;
};

/** A rule that a manifest of the right form breaks. */
export type ManifestProblem =
  | 'manifest-unordered'
  /** A limit without values, or values without a limit. */
  | 'manifest-limit'
  /** A value of the limit of somebody who does not stand. */
  | 'manifest-values'
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
  if (manifest.names === undefined) return null;
  const named = Object.entries(manifest.names);
  return named.length === standing.size &&
    named.every(([id, name]) => standing.has(id) && typeof name === 'string')
    ? null
    : 'manifest-names';
}
