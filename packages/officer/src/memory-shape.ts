import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}$/);
const repository = z.strictObject({
  source: z.string(),
  branch: z.string().nullable(),
  folder: z.string(),
});

const shape = z.strictObject({
  version: z.literal(4),
  /** Where the elections of a server are, by its address, as the officer confirmed it once; '' where one memory knows one place. */
  repositories: z.record(z.string(), repository),
  /** The newest commit that was seen, by the place. */
  heads: z.record(z.string(), commit),
  /** By the place and an election's key: the commit from which on the branch is read for its runs, where its custody file came there. */
  firstSeen: z.record(z.string(), z.record(z.string(), commit)),
  /**
   * The box that was acted on, by the manifest of its run, wherever it was shown; whether it was decrypted. `election` is the key, `source` the
   * repository, `ceremony` that of the key: null where an older memory did not say it.
   */
  boxes: z.record(
    hash,
    z.strictObject({
      box: hash,
      decrypted: z.boolean(),
      election: z.string().nullable(),
      source: z.string().nullable(),
      ceremony: hash.nullable().default(null),
    }),
  ),
  /** Manifests of the runs whose ballots this officer has signed to be void. */
  voided: z.array(hash).default([]),
});
const third = z.strictObject({
  version: z.literal(3),
  repository: repository.nullable(),
  head: commit.nullable(),
  firstSeen: z.record(z.string(), commit),
  boxes: z.record(
    hash,
    z.strictObject({ box: hash, decrypted: z.boolean(), election: z.string().nullable() }),
  ),
});
/** Its `firstSeen` may be the commit of a later run alone, and is not believed: the next look goes back once more. */
const second = third.extend({ version: z.literal(2) });
const older = third.omit({ firstSeen: true }).extend({
  version: z.literal(1),
  boxes: z.record(hash, z.strictObject({ box: hash, decrypted: z.boolean() })),
});

export type Remembered = z.infer<typeof shape>;
export type Repository = z.infer<typeof repository>;

export const NOTHING: Remembered = {
  version: 4,
  repositories: {},
  heads: {},
  firstSeen: {},
  boxes: {},
  voided: [],
};

/** The one server of a memory that knows one place. */
export const ONLY = '';

/** Where elections are in a repository unless somebody says otherwise. */
export const USUAL_FOLDER = 'elections';

/** A memory of this version, or an older one as this version has it; null for anything else. */
export function remembered(text: string): Remembered | null {
  const value = parsed(text);
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const before = third.safeParse(value);
  if (before.success) return ofThird(before.data);
  const earlier = second.safeParse(value);
  if (earlier.success) return ofThird({ ...earlier.data, version: 3, firstSeen: {} });
  const { success, data } = older.safeParse(value);
  if (!success) return null;
  const boxes = Object.entries(data.boxes).map(
    ([run, acted]) => [run, { ...acted, election: null }] as const,
  );
  return ofThird({ ...data, version: 3, firstSeen: {}, boxes: Object.fromEntries(boxes) });
}

function ofThird({ repository: known, head, firstSeen, boxes }: z.infer<typeof third>): Remembered {
  const place = known === null ? null : placeOf(known);
  return {
    version: 4,
    repositories: known === null ? {} : { [ONLY]: known },
    heads: place === null || head === null ? {} : { [place]: head },
    firstSeen: place === null ? {} : { [place]: firstSeen },
    boxes: Object.fromEntries(
      Object.entries(boxes).map(([run, acted]) => [
        run,
        { ...acted, source: known?.source ?? null, ceremony: null },
      ]),
    ),
    voided: [],
  };
}

/** Under what is kept what was seen of a place. */
export const placeOf = ({ source, branch, folder }: Repository): string =>
  JSON.stringify([plainSource(source), branch, folder]);

/**
 * One repository has one name here, however its address is written: of an address of the web neither the protocol counts nor the usual
 * port, `www.`, letter case, percent-encoding or what ends it.
 */
export function plainSource(source: string): string {
  if (!/^https?:/i.test(source) || !URL.canParse(source)) return bare(source);
  const { hostname, port, pathname } = new URL(source);
  const host = hostname.replace(/\.+$/, '').replace(/^www\./i, '');
  const at = port === '' || port === '80' || port === '443' ? '' : `:${port}`;
  return `https://${host}${at}${bare(decoded(pathname).replace(/\/+/g, '/'))}`.toLowerCase();
}

const bare = (path: string): string => path.replace(/(?:\/|\.git)+$/i, '');

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
