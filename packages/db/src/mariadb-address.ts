/** The address of a MariaDB or MySQL for those who speak to it otherwise than by `startDatabase`; loads no driver. */
import { encryptionOf, readAddress } from './mariadb/address.ts';

export { readAddress };
export { UnfitDatabase } from './unfit-database.ts';

/**
 * What `mariadb`, `mariadb-dump` and the clients of MySQL are told: nothing from files of the user's own, and the password in
 * no list of processes. The name of the database is not among the arguments.
 *
 * @param maker Whose clients they are: the two name encryption differently.
 * @throws UnfitDatabase as `readAddress`.
 */
export function clientOptions(
  url: string,
  maker: 'mariadb' | 'mysql',
): { readonly args: readonly string[]; readonly database: string; readonly env: NodeJS.ProcessEnv } {
  const { host, port, user, password, database, socketPath } = readAddress(url);
  return {
    args: [
      '--no-defaults',
      ...(socketPath === undefined
        ? [`--host=${host}`, `--port=${port}`, '--protocol=tcp']
        : [`--socket=${socketPath}`]),
      `--user=${user}`,
      '--default-character-set=utf8mb4',
      ...encrypted(url, maker),
    ],
    database,
    env: { ...process.env, ...(password !== '' && { MYSQL_PWD: password }) },
  };
}

function encrypted(url: string, maker: 'mariadb' | 'mysql'): string[] {
  const { mode, ca } = encryptionOf(new URL(url).searchParams);
  const file = ca === null ? [] : [`--ssl-ca=${ca}`];
  if (maker === 'mysql') return [`--ssl-mode=${mode.toUpperCase()}`, ...file];
  if (mode === 'disabled') return ['--skip-ssl'];
  // Its clients know no check of the certificate without its name: the stricter of the two, then.
  return [
    '--ssl',
    mode === 'required' ? '--skip-ssl-verify-server-cert' : '--ssl-verify-server-cert',
    ...file,
  ];
}
