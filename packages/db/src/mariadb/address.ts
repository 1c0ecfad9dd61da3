/** Where a MariaDB or MySQL is and how it is spoken to, from `ELEKTO_DATABASE_URL`. */
import { readFileSync } from 'node:fs';
import { UnfitDatabase } from '../unfit-database.ts';

/** The part of `mysql2`'s options that an address decides. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly socketPath?: string;
  readonly ssl?: { rejectUnauthorized: boolean; verifyIdentity: boolean; ca?: string };
}

const MODES = ['disabled', 'required', 'verify_ca', 'verify_identity'] as const;
const KNOWN = new Set(['ssl-mode', 'ssl-ca', 'socket']);

/**
 * Reads `mariadb://user:password@host:port/name`, or the same with `mysql://`. Options, as MySQL's own clients name
 * them: `ssl-mode=disabled|required|verify_ca|verify_identity`, `ssl-ca=<file>`, `socket=<path>`. Without `ssl-mode`
 * a given `ssl-ca` means `verify_identity`, and nothing means that nothing is encrypted.
 *
 * @throws UnfitDatabase that says what is wrong, and never the address, which holds the password.
 */
export function readAddress(text: string): Address {
  const url = URL.parse(text);
  if (url === null) throw new UnfitDatabase('its address is no URL: write mariadb://user:password@host/name');
  const name = decodeURIComponent(url.pathname.slice(1));
  if (name === '')
    throw new UnfitDatabase('its address names no database: write mariadb://user:password@host/name');
  for (const option of url.searchParams.keys()) {
    if (!KNOWN.has(option))
      throw new UnfitDatabase(
        `its address has the unknown option ${option}: known are ${[...KNOWN].join(', ')}`,
      );
  }
  const socket = url.searchParams.get('socket');
  return {
    host: url.hostname === '' ? 'localhost' : url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: name,
    ...(socket !== null && { socketPath: socket }),
    ...encryption(url.searchParams),
  };
}

function encryption(options: URLSearchParams): Pick<Address, 'ssl'> {
  const file = options.get('ssl-ca');
  const mode = options.get('ssl-mode')?.toLowerCase() ?? (file === null ? 'disabled' : 'verify_identity');
  if (!(MODES as readonly string[]).includes(mode))
    throw new UnfitDatabase(`its address has an unknown ssl-mode: it is one of ${MODES.join(', ')}`);
  if (mode === 'disabled') return {};
  let ca: string | undefined;
  try {
    if (file !== null) ca = readFileSync(file, 'utf8');
  } catch {
    throw new UnfitDatabase(`the file that its address names in ssl-ca cannot be read`);
  }
  return {
    ssl: {
      rejectUnauthorized: mode !== 'required',
      verifyIdentity: mode === 'verify_identity',
      ...(ca !== undefined && { ca }),
    },
  };
}
