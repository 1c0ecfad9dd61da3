/** Under which licences the packages that are shipped stand, by pnpm's own listing, and which of them we may not ship. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

export interface Licensed {
  readonly name: string;
  readonly versions: readonly string[];
  readonly licence: string;
}

/** Permissive, or weak copyleft of single files that are shipped unchanged. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Single packages, each looked at. */
const LOOKED_AT: readonly { readonly name: RegExp; readonly licence: string; readonly why: string }[] = [
  { name: /^pause$/, licence: 'Unknown', why: 'MIT by its LICENSE file; only its manifest does not say so' },
];

/** Runs the pnpm of the toolchain, or the one in the PATH. */
export function runPnpm(...args: readonly string[]): string {
  return execFileSync(process.env['ELEKTO_PNPM'] ?? 'pnpm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const listing = z.record(z.string(), z.array(z.object({ name: z.string(), versions: z.array(z.string()) })));

/** Everything that an installation without development packages holds, by name. */
export function shippedPackages(): Licensed[] {
  const found = listing.parse(JSON.parse(runPnpm('licenses', 'list', '--prod', '--recursive', '--json')));
  return Object.entries(found)
    .flatMap(([licence, packages]) => packages.map(({ name, versions }) => ({ name, versions, licence })))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those that may not be shipped: a licence that is neither allowed nor looked at. */
export const notAllowed = (packages: readonly Licensed[]): Licensed[] =>
  packages.filter(
    ({ name, licence }) =>
      !isAllowed(licence) && !LOOKED_AT.some((known) => known.name.test(name) && known.licence === licence),
  );

/** `A OR B` needs one that is allowed, `A AND B` both (SPDX expressions without nesting). */
export function isAllowed(expression: string): boolean {
  const bare = expression.replace(/[()]/g, '').trim();
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isAllowed);
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAllowed);
  return ALLOWED.has(bare);
}
