/**
 * The login that an author's address tells: by roll.yaml's own list, or because it is GitHub's address for accounts that
 * hide theirs (`login@` or `id+login@users.noreply.github.com`). Null when it tells none.
 */
export function accountOf(address: string, accounts: ReadonlyMap<string, string>): string | null {
  const folded = address.trim().toLowerCase();
  const known = accounts.get(folded);
  if (known !== undefined) return known;
  const match = /^(?:\d+\+)?([a-z\d][a-z\d_-]*(?:\[bot\])?)@users\.noreply\.github\.com$/i.exec(
    address.trim(),
  );
  return match?.[1] ?? null;
}
