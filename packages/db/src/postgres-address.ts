/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
import { accessSync, constants } from 'node:fs';
import { isIP } from 'node:net';
import { UnfitDatabase } from './unfit-database.ts';

/** Options of an address that name a file, as libpq calls them. */
const FILES = ['sslrootcert', 'sslcert', 'sslkey'];

/** Whether the driver compares the name in the certificate: with these of libpq's modes, unless it is told to do as libpq. */
function checksName(options: URLSearchParams): boolean {
  const mode = options.get('sslmode') ?? '';
  if (options.get('uselibpqcompat') === 'true') return mode === 'verify-full';
  return ['prefer', 'require', 'verify-ca', 'verify-full'].includes(mode) || options.has('ssl');
}

/**
 * The address for the driver, whole: `sslmode` and the like stand in it, and whoever takes it apart loses them.
 *
 * @throws UnfitDatabase for files that cannot be read, and for a host that is a number where its name is to be checked; never
 *   with the address, which holds the password.
 */
export function postgresAddress(url: string): { readonly connectionString: string } {
  const parsed = URL.parse(url);
  if (parsed === null) return { connectionString: url };
  const options = parsed.searchParams;
  for (const name of FILES) {
    const file = options.get(name);
    if (file === null) continue;
    try {
      accessSync(file, constants.R_OK);
    } catch {
      throw new UnfitDatabase(`the file that its address names in ${name} cannot be read`);
    }
  }
  // The driver would compare a certificate with "localhost" then.
  if (checksName(options) && isIP(parsed.hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw new UnfitDatabase(
      'its address asks for the name in the certificate to be checked and names no host but a number: write the name that stands in its certificate, or sslmode=verify-ca&uselibpqcompat=true with sslrootcert',
    );
  return { connectionString: url };
}
