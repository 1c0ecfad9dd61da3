import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Paths of files of PEM. */
export interface Certificates {
  /** The certificate of an authority that is asked nowhere else. */
  readonly ca: string;
  /** Of a server called `localhost`. */
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/** Makes a certificate authority and a certificate of it, readable by `owner` alone; null where there is no openssl. */
export function makeCertificates(owner?: number): Certificates | null {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-tls-'));
  const file = (name: string): string => join(dir, name);
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost\n');
  const key = (name: string): string[] => [
    ...[
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      file(`${name}.key`),
    ],
  ];
  const steps = [
    [
      'req',
      '-x509',
      ...key('ca'),
      '-out',
      file('ca.pem'),
      '-subj',
      '/CN=an authority of tests',
      '-days',
      '2',
    ],
    ['req', ...key('server'), '-out', file('server.csr'), '-subj', '/CN=a database of tests'],
    ['x509', '-req', '-in', file('server.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')].concat([
      '-CAcreateserial',
      '-extfile',
      file('names'),
      '-out',
      file('server.pem'),
      '-days',
      '2',
    ]),
  ];
  for (const step of steps)
    if (spawnSync('openssl', step).status !== 0) {
      rmSync(dir, { recursive: true, force: true });
      return null;
    }
  chmodSync(dir, 0o755);
  chmodSync(file('server.key'), 0o600);
  if (owner !== undefined) chownSync(file('server.key'), owner, owner);
  return {
    ca: file('ca.pem'),
    cert: file('server.pem'),
    key: file('server.key'),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
