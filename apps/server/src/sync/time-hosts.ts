import type { Config } from '../config/config.ts';

/**
 * The hosts whose time the database's clock is compared with: those that a server needs anyway. Null for the demo,
 * whose hosts are this machine itself and whose elections are nobody's.
 */
export function timeHostsOf({ gitHub, meta }: Config): readonly string[] | null {
  if (gitHub.demo) return null;
  return [gitHub.url, ...(/^https?:/i.test(meta.source) ? [new URL(meta.source).origin] : [])];
}
