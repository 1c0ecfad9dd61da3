/** A built site as the server holds it: every file by its address, with the headers it is sent with. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

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
  dir: string,
  path: string,
  prefix: string,
  connect: readonly string[],
): Promise<[string, SiteFile]> {
  const body = await readFile(path);
  const name = prefix + relative(dir, path).split(sep).join('/');
  const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  const url = name.replace(/(^|\/)index\.html$/, '$1');
  const isHtml = type.startsWith('text/html');
  const file: SiteFile = {
    path,
    type,
    hash: createHash('sha256').update(body).digest('base64url').slice(0, 22),
    cacheControl: HASHED.test(name) ? IMMUTABLE : REVALIDATE,
    policy: pagePolicy({
      ...(isHtml ? inlineHashes(body.toString('utf8')) : {}),
      connect,
      trustedTypes: prefix === '/',
    }),
    compressible: COMPRESSIBLE.test(type),
    size: body.length,
  };
  return [url, file];
}

/**
 * Reads a built site. `prefix` is the address it is served at (`/`, `/console/`). Symbolic links are left out.
 */
export async function loadSite(
  dir: string,
  prefix = '/',
  connect: readonly string[] = [],
): Promise<SiteFiles> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, SiteFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const [url, file] = await describe(dir, join(entry.parentPath, entry.name), prefix, connect);
    files.set(url, file);
  }
  return { dir, files };
}
