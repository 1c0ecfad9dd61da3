import type { MikroORM } from '@mikro-orm/sql';
import { MysqlDialect } from 'kysely';
import type { TimeLimits } from '../time-limits.ts';
import { readAddress } from './address.ts';
import { watchConnections } from './connections.ts';

/**
 * Opens a MariaDB or MySQL with the options that all databases share. Its driver is loaded here: who uses another
 * database does without.
 *
 * @throws UnfitDatabase when the address cannot be understood.
 */
export async function openMariaDb(
  url: string,
  common: object,
  { connections, patience }: { readonly connections: number; readonly patience: number },
): Promise<{ readonly orm: MikroORM; readonly limits: TimeLimits }> {
  const address = readAddress(url);
  const [{ createPool }, { MikroORM: Orm }] = await Promise.all([
    import('mysql2'),
    url.startsWith('mysql:') ? import('@mikro-orm/mysql') : import('@mikro-orm/mariadb'),
  ]);
  const pool = createPool({
    ...address,
    connectionLimit: connections,
    connectTimeout: patience,
    enableKeepAlive: true,
    keepAliveInitialDelay: 30_000,
    // Statements that are kept prepared on the server, by connection; there are about as many, half of them those of groups of casts
    // (`ballot-box/src/box/cast-together.ts`), five for each number of rows.
    maxPreparedStatements: 300,
    charset: 'utf8mb4',
    supportBigNumbers: true,
    dateStrings: true,
  });
  const limits = watchConnections(pool);
  const end = pool.end.bind(pool);
  // A connection that cannot even say goodbye is no reason for not ending: the others are cut then.
  pool.end = (told) =>
    end(() => {
      limits.hangUp();
      told?.(null);
    });
  const orm = (await Orm.init({
    ...common,
    dbName: address.database,
    driverOptions: new MysqlDialect({ pool }),
  })) as unknown as MikroORM;
  return { orm, limits };
}
