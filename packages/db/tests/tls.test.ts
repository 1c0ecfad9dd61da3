/** Encryption to a database server, with an authority of one's own, tried on the wire. */
import { sql, startDatabase, tables } from '@elekto/db';
import { makeCertificates, type Certificates } from '@elekto/testing/certificates';
import { freshMariaDb, mariaDbs } from '@elekto/testing/mariadb';
import { freshPostgres } from '@elekto/testing/postgres';
import { sharedServer } from '@elekto/testing/shared-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const stranger: Certificates | null = makeCertificates();
afterAll(() => stranger?.remove());

/** How each is told to encrypt. */
const SPOKEN = {
  postgresql: {
    fresh: freshPostgres,
    trusting: (ca: string) => `sslmode=verify-full&sslrootcert=${ca}`,
    authority: (ca: string) => `sslmode=verify-ca&sslrootcert=${ca}&uselibpqcompat=true`,
    blind: 'sslmode=require&uselibpqcompat=true',
    cipher: `select coalesce(cipher, '') as cipher from pg_stat_ssl where pid = pg_backend_pid()`,
  },
  mariadb: {
    fresh: freshMariaDb,
    trusting: (ca: string) => `ssl-ca=${ca}`,
    authority: (ca: string) => `ssl-mode=verify_ca&ssl-ca=${ca}`,
    blind: 'ssl-mode=required',
    cipher: `select variable_value as cipher from information_schema.session_status where variable_name = 'ssl_cipher'`,
  },
} as const;

const own = mariaDbs().includes('mariadb') && process.env['TEST_MARIADB_URL'] === undefined;

describe.skipIf(stranger === null).each(['postgresql', ...(own ? (['mariadb'] as const) : [])] as const)(
  'a connection to %s',
  (kind) => {
    const { fresh, trusting, authority, blind, cipher } = SPOKEN[kind];
    let ca = '';
    let url = '';
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ca = (await sharedServer(kind)).ca ?? '';
      ({ url, drop } = await fresh());
    });
    afterAll(() => drop());

    /** The cipher of a connection, empty when there is none; or the code of what kept it from being made. */
    async function spoken(options: string, host = 'localhost'): Promise<string> {
      const address = `${url.replace('127.0.0.1', host)}?${options}`;
      try {
        const db = await startDatabase({ url: address, poolSize: 1 });
        try {
          const { rows } = await db.read((em) =>
            sql<{ cipher: string }>`${sql.raw(cipher)}`.execute(tables(em)),
          );
          return rows[0]?.cipher ?? 'nothing';
        } finally {
          await db.close();
        }
      } catch (error) {
        return `refused: ${(error as Error).message}`;
      }
    }

    it('is encrypted to who has the authority’s word and the right name, and to nobody else', async () => {
      expect(await spoken(trusting(ca))).toMatch(/^TLS_/);
      expect(await spoken(trusting(stranger?.ca ?? ''))).toMatch(/^refused/);
      // The same place under another name: the certificate does not have it.
      expect(await spoken(trusting(ca), '127.1')).toMatch(/^refused/);
      expect(await spoken(trusting(ca), '127.0.0.1')).toMatch(/^refused/);
      expect(await spoken(authority(ca), '127.1')).toMatch(/^TLS_/);
      expect(await spoken(authority(stranger?.ca ?? ''))).toMatch(/^refused/);
    });

    it('is encrypted without looking who answers where that is asked for, and not at all where nothing is', async () => {
      expect(await spoken(blind)).toMatch(/^TLS_/);
      expect(await spoken('')).toBe('');
    });

    it('is not made when the authority’s file is not there, and says so', async () => {
      expect(await spoken(trusting('/nowhere/ca.pem'))).toMatch(/in (ssl-ca|sslrootcert) cannot be read$/);
    });
  },
);
