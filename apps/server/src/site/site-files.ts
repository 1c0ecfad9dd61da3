/** A built site as the server holds it: every file by its address, with the headers it is sent with. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';

import type { SiteIndex } from '@elekto/site/data';

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
  /** The same files as its index lists them: what the next site has at the same place, it has without a look at its name. */
  readonly places: readonly Placed[];
  /** Names of the folders beside `dir` in which files of it lie. */
  readonly folders: readonly string[];
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
  const index = await readIndex(dir, indexFile);
  const listed = await listOf(dir, index);
  // What both have is in its place without a look: it is nearly all of a large site.
  const knownPlace = knownPlaces(known?.places ?? []);
  const places: (Placed | null)[] = [];
  for (let at = 0; at < listed.names.length; at += 1)
    places.push(knownPlace(at, listed.names[at] ?? '', listed.rootOf(at)));
  const missing = places.flatMap((place, at) => (place === null ? at : []));
  for (let from = 0; from < missing.length; from += AT_ONCE) {
    const some = missing.slice(from, from + AT_ONCE).map(async (at) => {
      const name = listed.names[at] ?? '';
      places[at] = await describe(
        { root: listed.rootOf(at), name, url: urlOf(prefix, name) },
        prefix,
        connect,
      );
    });
    await Promise.all(some);
  }
  const files = new Map<string, SiteFile>();
  const placed: Placed[] = [];
  for (const place of places) {
    if (place === null) continue;
    const { url, file } = place;
    // No page is empty: a power cut has kept the name and lost what was in it, and nobody would make it anew.
    if (indexFile !== undefined && file.size === 0 && file.path.endsWith('.html'))
      throw new Error(`the page ${url} is empty`);
    files.set(url, file);
    placed.push(place);
  }
  return {
    dir,
    files,
    places: placed,
    folders: foldersIn(index),
    generatedAt: index?.generatedAt ?? null,
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

/** Finds what another site has: most of it at the same place of its list, all behind a file that came or went by name. */
function knownPlaces(places: readonly Placed[]): (at: number, name: string, root: string) => Placed | null {
  let byName: ReadonlyMap<string, Placed> | undefined;
  return (at, name, root) => {
    let found = places[at];
    if (found?.name !== name)
      found = (byName ??= new Map(places.map((place) => [place.name, place]))).get(name);
    return found?.root === root ? found : null;
  };
}

/** The files of a site: their names, and the folder in which each lies. */
async function listOf(
  dir: string,
  index: SiteIndex | null,
): Promise<{ readonly names: readonly string[]; readonly rootOf: (at: number) => string }> {
  if (index !== null) {
    const roots = index.folders.map((name) => (name === '' ? dir : join(dir, '..', basename(name))));
    return { names: index.files, rootOf: (at) => roots[index.folderOf[at] ?? 0] ?? dir };
  }
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(dir, join(parentPath, name)).split(sep).join('/'));
  return { names, rootOf: () => dir };
}

async function readIndex(dir: string, name: string | undefined): Promise<SiteIndex | null> {
  const text = name === undefined ? null : await readFile(join(dir, name), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as SiteIndex);
}

const foldersIn = (index: SiteIndex | null): string[] => index?.folders.filter((name) => name !== '') ?? [];

/** Names of the folders beside `dir` in which files of the site in `dir` lie. */
export const foldersOf = async (dir: string, indexFile: string | undefined): Promise<string[]> =>
  foldersIn(await readIndex(dir, indexFile));
