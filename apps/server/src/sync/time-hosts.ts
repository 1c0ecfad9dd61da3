import type { Config } from '../config/config.ts';

/**
 * The hosts whose time the database's clock is compared with: those that a server needs anyway. Null for the demo,
 * whose hosts are this machine itself and whose elections are nobody's.
 */
export function timeHostsOf({ signIn, meta }: Config): readonly string[] | null {
  if (signIn.demo) return null;
  return [
    new URL(signIn.url).origin,
    ...(/^https?:/i.test(meta.source) ? [new URL(meta.source).origin] : []),
  ];
}
