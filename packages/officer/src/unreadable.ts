/* eslint elekto/words-in-catalogue: off -- refusals, in English as those of packages/custody */
import type { MetaRepoError } from '@elekto/metarepo';

const PRIVATE =
  'A private repository is read by "elekto custody" on a terminal, with a token for it in ELEKTO_META_TOKEN; the desktop app takes none.';

/** Why a repository cannot be read, and where whoever has given no token for a private one can give it. */
export const unreadable = (
  { message }: MetaRepoError,
  { token }: { readonly token?: string | undefined },
): string =>
  token === undefined && /the server answers 40[134]\b/.test(message) ? `${message} ${PRIVATE}` : message;
