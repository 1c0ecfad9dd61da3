import type { ForgeKind, RollRules } from '../model.ts';

/** Where each forge lets accounts hide their addresses, below its own host. */
const HIDDEN: Readonly<Record<ForgeKind, { readonly at: string; readonly login: RegExp }>> = {
  github: { at: 'users.noreply.', login: /^(?:\d+\+)?([a-z\d][a-z\d_-]*(?:\[bot\])?)$/i },
  gitlab: { at: 'users.noreply.', login: /^\d+-([a-z\d_][a-z\d_.-]*)$/i },
  gitea: { at: 'noreply.', login: /^([a-z\d_][a-z\d_.-]*)$/i },
};

/**
 * The login that an author's address tells: by roll.yaml's own list, or because it is the forge's address for accounts that
 * hide theirs (`id+login@users.noreply.github.com`, `id-login@users.noreply.gitlab.com`, `login@noreply.codeberg.org`).
 * Null when it tells none.
 */
export function accountOf(
  address: string,
  { accounts, forge }: Pick<RollRules, 'accounts' | 'forge'>,
): string | null {
  const known = accounts.get(address.trim().toLowerCase());
  if (known !== undefined) return known;
  const [, name = '', host = ''] = /^([^@]+)@([^@]+)$/.exec(address.trim()) ?? [];
  const { at, login } = HIDDEN[forge.kind];
  if (host.toLowerCase() !== at + new URL(forge.api).hostname.replace(/^api\./, '')) return null;
  return login.exec(name)?.[1] ?? null;
}
