/** A built site as the server holds it: every file by its address, with the headers it is sent with. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';

import type { SiteIndex, SiteIndexPart } from '@elekto/site/data';

import { pagePolicy } from '../http/security.ts';

export interface SiteFile {
  readonly path: string;
  readonly type: string;
  /** Content hash; the ETag of each encoding is made of it. */
  readonly hash: string;
  readonly cacheControl: string;
  /** Content-Security-Policy. */
  readonly policy: string;
  readonly compressible: boolean;
  readonly size: number;
}

export interface SiteFiles {
  readonly dir: string;
  /** By URL path, decoded: `/elections/` for its index.html. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** The same files as its index lists them: a part that the next site has too, it has without a look at its files. */
  readonly parts: readonly LoadedPart[];
  /** Names of the folders beside `dir` in which files of it lie. */
  readonly folders: readonly string[];
  /** Which index said so: see `indexStamp`. */
  readonly stamp: string | null;
  /** When its data was put together, as its index says; null where it has none. */
  readonly generatedAt: number | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.xml': 'application/xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

const COMPRESSIBLE = /^(text\/|application\/(json|manifest|xml|atom|rss|wasm)|image\/svg)/;
/** Vite and Astro write a content hash into these names. */
const HASHED = /^\/(?:console\/)?(?:_assets|_astro|assets)\//;

const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'public, no-cache';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('base64');

/** The hashes of a page's inline scripts and styles, as its policy names them. */
export function inlineHashes(html: string): { scripts: string[]; styles: string[] } {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  for (const [, attributes = '', body = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    const isData = /\btype\s*=\s*["']?application\/(?:ld\+)?json/i.test(attributes);
    if (!/\bsrc\s*=/i.test(attributes) && !isData && body !== '') scripts.add(`'sha256-${sha256(body)}'`);
  }
  for (const [, body = ''] of html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/gi)) {
    if (body !== '') styles.add(`'sha256-${sha256(body)}'`);
  }
  return { scripts: [...scripts], styles: [...styles] };
}

async function describe(
  { root, name, url }: Place,
  prefix: string,
  connect: readonly string[],
): Promise<Placed> {
  const path = `${root}/${name}`;
  const full = prefix + name;
  const body = await readFile(path);
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const isHtml = type.startsWith('text/html');
  const file: SiteFile = {
    path,
    type,
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    cacheControl: HASHED.test(full) ? IMMUTABLE : REVALIDATE,
    policy: pagePolicy({
      ...(isHtml ? inlineHashes(body.toString('utf8')) : {}),
      connect,
      trustedTypes: prefix === '/',
    }),
    compressible: COMPRESSIBLE.test(type),
    size: body.length,
  };
  return { root, name, url, file };
}

export interface LoadOptions {
  /** The address it is served at: `/`, `/console/`. */
  readonly prefix?: string;
  /** Other origins that its pages may ask. */
  readonly connect?: readonly string[];
  /** Name of the index in `dir`, where sites have one. */
  readonly indexFile?: string | undefined;
  /** A site beside this one: files that both have are not read again. */
  readonly known?: SiteFiles | null;
}

/** Files that are read at once: as many as there are threads for it, and one to follow each. */
const AT_ONCE = 8;

/** Reads a built site: what its index names, in the folders that it names, or without one all of `dir` but symbolic links. */
export async function loadSite(
  dir: string,
  { prefix = '/', connect = [], known = null, indexFile }: LoadOptions = {},
): Promise<SiteFiles> {
  // Before it is read: one that is replaced meanwhile is taken for another.
  const stamp = await indexStamp(dir, indexFile);
  const index = await readIndex(dir, indexFile);
  const listed = index ?? { folders: [''], generatedAt: null, parts: [await partOfFolder(dir)] };
  const rootOf = rootsOf(dir, listed.folders);
  const find = knownParts(known?.parts ?? [], rootOf);
  const parts = listed.parts.map(find);
  const fresh = parts.filter((part): part is FreshPart => 'missing' in part);
  const missing = fresh.flatMap((part) => part.missing.map((at) => ({ part, at })));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const some = missing.slice(from, from + AT_ONCE).map(async ({ part, at }) => {
      const name = part.files[at] ?? '';
      const place = { root: rootOf(part.folderOf[at] ?? 0), name, url: urlOf(prefix, name) };
      part.places[at] = await describe(place, prefix, connect);
    });
    await Promise.all(some);
  }
  // Nearly all of a large site is what it was.
  const files = new Map(known?.files);
  const kept = new Set(parts);
  for (const part of known?.parts ?? [])
    if (!kept.has(part)) for (const { url } of part.places) files.delete(url);
  for (const { places } of fresh)
    for (const { url, file } of places) {
      // No page is empty: a power cut has kept the name and lost what was in it, and nobody would make it anew.
      if (indexFile !== undefined && file.size === 0 && file.path.endsWith('.html'))
        throw new Error(`the page ${url} is empty`);
      files.set(url, file);
    }
  const loaded = parts.map((part): LoadedPart => {
    if (!('missing' in part)) return part;
    const { of, line, roots, places } = part;
    return { of, line, roots, places };
  });
  return {
    dir,
    files,
    parts: loaded,
    folders: foldersIn(listed.folders),
    stamp,
    generatedAt: listed.generatedAt,
  };
}

/** Where a file of a site lies. */
interface Place {
  /** The folder of the site that it was made for. */
  readonly root: string;
  /** Below that folder: `elections/index.html`. */
  readonly name: string;
  readonly url: string;
}

interface Placed extends Place {
  readonly file: SiteFile;
}

function urlOf(prefix: string, name: string): string {
  const full = prefix + name;
  return full.endsWith('/index.html') ? full.slice(0, -'index.html'.length) : full;
}

/** A part of a site's index, and its files in the order of it. */
interface LoadedPart {
  readonly of: string;
  /** As it stands in the index; null where that has not one line for each part. */
  readonly line: Buffer | null;
  /** The folders that it names by their places, and what these were. */
  readonly roots: ReadonlyMap<number, string>;
  readonly places: readonly Placed[];
}

/** One that is not as it was; files of it that are still to be read are missing in `places`. */
interface FreshPart extends LoadedPart, Pick<SiteIndexPart, 'files' | 'folderOf'> {
  readonly missing: readonly number[];
  readonly places: Placed[];
}

/** Finds what another site has: a part that is told in the same words and lies where it lay, or single files of it. */
function knownParts(
  known: readonly LoadedPart[],
  rootOf: (folder: number) => string,
): (listed: ListedPart, at: number) => LoadedPart | FreshPart {
  let byName: ReadonlyMap<string, LoadedPart> | undefined;
  const isSame = ({ line, roots }: LoadedPart, listed: ListedPart): boolean =>
    line !== null &&
    listed.line?.equals(line) === true &&
    [...roots].every(([folder, root]) => rootOf(folder) === root);
  return (listed, at) => {
    const there = known[at];
    if (there !== undefined && isSame(there, listed)) return there;
    const part = listed.read();
    const { of, files, folderOf } = part;
    const before = (byName ??= new Map(known.map((each) => [each.of, each]))).get(of);
    if (before !== undefined && isSame(before, listed)) return before;
    const find = knownPlaces(before?.places ?? []);
    const places: Placed[] = [];
    const missing: number[] = [];
    for (const [place, name] of files.entries()) {
      const found = find(place, name, rootOf(folderOf[place] ?? 0));
      if (found) places[place] = found;
      else missing.push(place);
    }
    const roots = new Map(folderOf.map((folder) => [folder, rootOf(folder)]));
    // A copy: the line is a piece of the whole index.
    const line = listed.line && Buffer.from(listed.line);
    return { of, line, roots, places, files, folderOf, missing };
  };
}

/** Finds what a part before had: most of it at the same place, all behind a file that came or went by name. */
function knownPlaces(places: readonly Placed[]): (at: number, name: string, root: string) => Placed | null {
  let byName: ReadonlyMap<string, Placed> | undefined;
  return (at, name, root) => {
    let found = places[at];
    if (found?.name !== name)
      found = (byName ??= new Map(places.map((place) => [place.name, place]))).get(name);
    return found?.root === root ? found : null;
  };
}

/** The folder at a place in `folders`, as a path. */
function rootsOf(dir: string, folders: SiteIndex['folders']): (folder: number) => string {
  const roots = folders.map((name) => (name ? join(dir, '..', basename(name)) : dir));
  return (folder) => roots[folder] ?? dir;
}

/** All files of a folder without an index. */
async function partOfFolder(dir: string): Promise<ListedPart> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(dir, join(parentPath, name)).split(sep).join('/'));
  return { line: null, read: () => ({ of: '', files, folderOf: files.map(() => 0), setOf: [] }) };
}

/** A part of an index, which is read when somebody asks for what it says. */
interface ListedPart {
  readonly line: Buffer | null;
  readonly read: () => SiteIndexPart;
}

interface ListedIndex extends Pick<SiteIndex, 'folders'> {
  readonly generatedAt: SiteIndex['generatedAt'] | null;
  readonly parts: readonly ListedPart[];
}

/** Also one of an earlier version, which knew no parts: it is served until there is one of this version. */
type AnyIndex = Omit<SiteIndex, 'parts'> & Partial<Pick<SiteIndex, 'parts'>> & Partial<SiteIndexPart>;

const BEGIN = ',"parts":[';
const END = ']}';
/** Before the end of a line of a part that is not the last. */
const COMMA = 44;
const NEWLINE = 10;

/** An index whose parts stand on lines of their own, as a renderer writes it, is read up to them; any other JSON is read whole. */
async function readIndex(dir: string, name: string | undefined): Promise<ListedIndex | null> {
  const file = name === undefined ? null : await readFile(join(dir, name)).catch(() => null);
  if (file === null) return null;
  const [first, ...lines] = linesOf(file);
  const head = first?.toString('utf8') ?? '';
  const isWhole = lines.at(-1)?.toString('latin1', 0, 2) === '],' && file.at(-1) === END.charCodeAt(1);
  if (!head.endsWith(BEGIN) || !isWhole) {
    const { parts, files = [], folderOf = [], ...rest } = JSON.parse(file.toString('utf8')) as AnyIndex;
    const all = parts ?? [{ of: '', files, folderOf, setOf: [] }];
    return { ...rest, parts: all.map((part) => ({ line: null, read: () => part })) };
  }
  const { folders, generatedAt } = JSON.parse(head + END) as SiteIndex;
  const parts = lines.slice(0, -1).map((each): ListedPart => {
    const line = each.at(-1) === COMMA ? each.subarray(0, -1) : each;
    return { line, read: () => JSON.parse(line.toString('utf8')) as SiteIndexPart };
  });
  return { folders, generatedAt, parts };
}

/** Pieces of `file`. */
function linesOf(file: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let end = file.indexOf(NEWLINE); end >= 0; end = file.indexOf(NEWLINE, from)) {
    lines.push(file.subarray(from, end));
    from = end + 1;
  }
  return [...lines, file.subarray(from)];
}

const foldersIn = (folders: SiteIndex['folders']): string[] =>
  folders.filter((name): name is string => name !== null && name !== '');

/** Names of the folders beside `dir` in which files of the site in `dir` lie. */
export const foldersOf = async (dir: string, indexFile: string | undefined): Promise<string[]> =>
  foldersIn((await readIndex(dir, indexFile))?.folders ?? []);

/** Tells the index in `dir` from any other that stood or will stand there; null where there is none. */
export const indexStamp = (dir: string, indexFile: string | undefined): Promise<string | null> =>
  indexFile === undefined
    ? Promise.resolve(null)
    : stat(join(dir, indexFile)).then(
        ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
        () => null,
      );
