import type { EntityManager } from '@mikro-orm/sql';

/** `mariadb` is MariaDB and MySQL: what is said to them is what both understand. */
export type Dialect = 'sqlite' | 'postgresql' | 'mariadb';

const known = new WeakMap<object, Dialect>();

/** Notes what the connections of an ORM speak. */
export const speaks = (driver: object, dialect: Dialect): void => void known.set(driver, dialect);

/** What the database behind `em` speaks. Statements that differ by it are written in this package and nowhere else. */
export function dialectOf(em: EntityManager): Dialect {
  const dialect = known.get(em.getDriver());
  if (dialect === undefined) throw new Error('this database was not opened by startDatabase');
  return dialect;
}
