import type { Header } from '@elekto/custody/ceremony';
import { toBase64Url } from '@elekto/wire';
import type { Login } from '../model.ts';
import { sameLogin } from '../login.ts';

/** Somebody who has a key, by a custody file or by the folder `officers`. */
export interface KeyOwner {
  readonly login: Login;
  /** Public signing key, base64url. */
  readonly sign: string;
}

/** Whom the header of a custody file names. */
export const ownersIn = ({ officers }: Pick<Header, 'officers'>): KeyOwner[] =>
  officers.map(({ login, sign }) => ({ login, sign: toBase64Url(sign) }));

type WhoseKey =
  | { readonly kind: 'own' }
  | { readonly kind: 'anothers'; readonly login: Login }
  /** Nothing names it. */
  | { readonly kind: 'nobodys' };

/**
 * Whether a key is this officer's, by everything that names keys: custody files first, which every officer has signed for, then the
 * folder `officers`, which says what somebody is called by now. What nothing names is nobody's: it is not taken for one's own,
 * since whoever answers may have left out the owner.
 */
export function whoseKey(named: readonly KeyOwner[], login: Login, sign: string): WhoseKey {
  const owners = named.filter((each) => each.sign === sign);
  const [owner] = owners;
  if (owner === undefined) return { kind: 'nobodys' };
  return owners.some((each) => sameLogin(each.login, login))
    ? { kind: 'own' }
    : { kind: 'anothers', login: owner.login };
}
