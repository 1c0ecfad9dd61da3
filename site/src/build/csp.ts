/**
 * The Content-Security-Policy of the site, for whoever serves it: `csp.json` holds the directives and the
 * header's text. Inline scripts are allowed by hash; there is no inline style.
 */
import { createHash } from 'node:crypto';
import type { SiteData } from '../data/prepared.ts';

/** The source expression that allows exactly this inline script. */
export function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** Directives by name. `api` is the API's origin, '' when the site's own. */
export function directives(inline: readonly string[], api: string): Record<string, string[]> {
  const reach = ["'self'", ...(api ? [api] : [])];
  return {
    'default-src': ["'none'"],
    // WebAssembly: Argon2id runs on the voter's device.
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...inline.map(hashSource)],
    'style-src': ["'self'"],
    'img-src': ["'self'"],
    'font-src': ["'self'"],
    'connect-src': reach,
    'worker-src': ["'self'"],
    'form-action': reach,
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['default'],
  };
}

/** What `csp.json` of the built site says. */
export function cspOf(data: SiteData): { directives: Record<string, string[]>; header: string } {
  const made = directives(Object.values(data.islands.inline), data.apiOrigin);
  const header = Object.entries(made)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
  return { directives: made, header };
}
