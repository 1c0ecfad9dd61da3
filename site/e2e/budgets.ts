import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Addresses of all pages of a built site, sorted. */
export const pagesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('index.html'))
    .map((name) => `/${name.slice(0, -'index.html'.length)}`)
    .sort();

/** Pages that are tools, with islands. */
export const isTool = (path: string): boolean => /\/(ballot|exception|nominate)\/$/.test(path);

/** Of the pages of one template, whichever election and candidate they are about, the `most` with the most to say. */
export function longestOfEach(dir: string, paths: readonly string[], most: number): string[] {
  const template = (path: string): string =>
    path.replace(/\/(elections|bodies|candidates)\/[^/]+(?=\/)/g, '/$1/*');
  return [...Map.groupBy(paths, template).values()].flatMap((group) =>
    group
      .map((path) => ({ path, length: textOf(dir, path).length }))
      .sort((a, b) => b.length - a.length)
      .slice(0, most)
      .map(({ path }) => path),
  );
}

const textOf = (dir: string, path: string) => readFileSync(join(dir, path, 'index.html'), 'utf8');

/**
 * What breaks the budget of a page, one line each: at most 2 kB of inline script, no inline style, and where
 * nobody has to sign in no script file and at most 30 kB by gzip with style sheet and pictures.
 */
export function overBudget(dir: string): string[] {
  return pagesOf(dir).flatMap((path) => {
    const text = textOf(dir, path);
    const inline = [
      ...text.matchAll(/<script>([\s\S]*?)<\/script>|<script data-[^>]*>([\s\S]*?)<\/script>/g),
    ].reduce((sum, [, a, b]) => sum + Buffer.byteLength(a ?? b ?? ''), 0);
    const found: string[] = [];
    if (inline > 2048) found.push(`${path}: ${inline} bytes of inline script`);
    if (/ style=|<style/.test(text)) found.push(`${path}: inline style`);
    if (isTool(path)) return found;
    if (/<script[^>]* src=/.test(text)) found.push(`${path}: a script file`);
    const files = [...text.matchAll(/(?:href|src)="(\/_assets\/[^"]+\.(?:css|svg|png|woff2))"/g)].map(
      ([, file]) => readFileSync(join(dir, file ?? '')),
    );
    const weight = [text, ...files].reduce((sum, part) => sum + gzipSync(part).length, 0);
    if (weight > 30_000) found.push(`${path}: ${weight} bytes`);
    return found;
  });
}

/** Most script that the ballot of an election may load, by gzip, bytes. */
export const BALLOT_SCRIPT = 84_000;

/** All of it, with the worker and with what only officers' custody needs: files and their bytes by gzip. */
export function ballotScript(dir: string, key: string): { readonly files: number; readonly bytes: number } {
  const page = textOf(dir, `/elections/${key}/ballot/`);
  const files = new Set([...page.matchAll(/"(\/_assets\/[^"]+\.js)"/g)].map(([, file]) => file ?? ''));
  for (const name of readdirSync(join(dir, '_assets')))
    if (/^(stretch\.worker|officers-suite)-.*\.js$/.test(name)) files.add(`/_assets/${name}`);
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(dir, file)), { level: 9 }).length);
  return { files: files.size, bytes: sizes.reduce((a, b) => a + b, 0) };
}
