/** Where a MariaDB or MySQL is and how it is spoken to, from `ELEKTO_DATABASE_URL`. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
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
  const host = url.hostname === '' ? 'localhost' : url.hostname.replace(/^\[|\]$/g, '');
  const encrypted = encryption(url.searchParams);
  // The driver would compare a certificate with "localhost" then.
  if (encrypted.ssl?.verifyIdentity === true && isIP(host) !== 0)
    throw new UnfitDatabase(
      'its address asks for ssl-mode=verify_identity and names no host but a number: write the name that stands in its certificate, or ssl-mode=verify_ca',
    );
  return {
    host,
    port: url.port === '' ? 3306 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: name,
    ...(socket !== null && { socketPath: socket }),
    ...encrypted,
  };
}

/** How the connection is encrypted, as the address says; `ca` is a file. @throws UnfitDatabase for what is no mode. */
export function encryptionOf(options: URLSearchParams): { mode: (typeof MODES)[number]; ca: string | null } {
  const ca = options.get('ssl-ca');
  const said = options.get('ssl-mode')?.toLowerCase() ?? (ca === null ? 'disabled' : 'verify_identity');
  const mode = MODES.find((each) => each === said);
  if (mode === undefined)
    throw new UnfitDatabase(`its address has an unknown ssl-mode: it is one of ${MODES.join(', ')}`);
  return { mode, ca };
}

function encryption(options: URLSearchParams): Pick<Address, 'ssl'> {
  const { mode, ca: file } = encryptionOf(options);
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
