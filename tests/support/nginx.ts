/** deploy/proxy/nginx.conf as it is shipped, run by a real nginx, with this test's ports and certificate. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request as httpsRequest } from 'node:https';
import { join } from 'node:path';

import { installed } from './debian.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32, rejectUnauthorized: false });

export function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = httpsRequest(url, { method, headers: { ...headers, ...length }, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

export const cookiesOf = ({ headers }: Answer): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');

/** Closes the connections that are kept open. */
export const hangUp = (): void => agent.destroy();

/** A stream of server-sent events: what has come of it so far, and an end to it. */
export function listen(
  url: string,
  cookie: string,
): { readonly headers: Promise<Answer['headers']>; text(): string; close(): void } {
  let text = '';
  const asked = { cookie, accept: 'text/event-stream' };
  const request = httpsRequest(url, { headers: asked, rejectUnauthorized: false });
  const headers = new Promise<Answer['headers']>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => void (text += chunk));
      response.on('error', () => undefined);
      resolve(response.headers);
    });
  });
  request.end();
  return { headers, text: () => text, close: () => void request.destroy() };
}

export interface Nginx {
  /** What it said on standard error and in its error log. */
  log(): string;
  /** What is in the access log that it would write when the shipped file did not turn it off. */
  accessLog(): string;
  stop(): void;
}

/**
 * Starts nginx in `dir`, on `tls` with TLS and on `plain` without, in front of two servers; with `byName`, of a server each for
 * these addresses of this machine beside them.
 */
export function startNginx(
  dir: string,
  ports: { readonly tls: number; readonly plain: number; readonly servers: readonly [number, number] },
  byName: ReadonlyMap<string, number> = new Map(),
): Nginx {
  const [binary = ''] = installed(['nginx', 'openssl'], ['nginx-light', 'openssl']);
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
  makeCertificate(key, certificate);
  const changes: readonly (readonly [string, string])[] = [
    ['127.0.0.1:3000', `127.0.0.1:${ports.servers[0]}`],
    ['127.0.0.1:3001', `127.0.0.1:${ports.servers[1]}`],
    ['listen 80;', `listen 127.0.0.1:${ports.plain};`],
    [
      'listen 443 ssl http2;',
      ['127.0.0.1', ...byName.keys()].map((at) => `listen ${at}:${ports.tls} ssl http2;`).join(' '),
    ],
    ['/etc/ssl/elekto/fullchain.pem', certificate],
    ['/etc/ssl/elekto/privkey.pem', key],
    ['/var/log/nginx/elekto.log', join(dir, 'error.log')],
    ['/var/cache/nginx/elekto', join(dir, 'pages')],
    // A header that tells where streams are served.
    ['proxy_read_timeout 1h;', "proxy_read_timeout 1h;\n        add_header x-open-for '1h';"],
    ['root /var/lib/elekto-proxy', `root ${join(import.meta.dirname, '../../deploy/proxy')}`],
  ];
  let config = readFileSync(join(import.meta.dirname, '../../deploy/proxy/nginx.conf'), 'utf8');
  for (const [from, to] of changes) {
    if (!config.includes(from)) throw new Error(`deploy/proxy/nginx.conf no longer has ${from}`);
    config = config.replace(from, to);
  }
  const many = [...byName].map(([name, port], i) => ({ name, upstream: `elekto_${i}`, port }));
  config = config.replace(
    'map $host $elekto {',
    `${many.map(({ upstream, port }) => `upstream ${upstream} { server 127.0.0.1:${port}; keepalive 8; }\n`).join('')}map $host $elekto {
    ${many.map(({ name, upstream }) => `${name} ${upstream};`).join('\n    ')}`,
  );
  // A header that names the server which answered.
  config = config.replaceAll(
    'server_name elections.example.org;',
    `server_name localhost ${[...byName.keys()].join(' ')};\n    add_header x-served-by $upstream_addr always;`,
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/${name};`)
    .join('\n');
  // As distributions ship it, everything is logged unless a server says otherwise.
  const http = `${temporary}\naccess_log ${dir}/access.log;\n${config}`;
  const file = join(dir, 'nginx.conf');
  writeFileSync(
    file,
    // Its workers would be somebody who may not read this directory.
    `${process.getuid?.() === 0 ? 'user root;\n' : ''}worker_processes 1;\npid ${dir}/nginx.pid;\nerror_log stderr warn;\nevents {}\nhttp {\n${http}\n}\n`,
  );
  let said = '';
  const child = spawn(binary, ['-p', dir, '-c', file, '-g', 'daemon off;'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.on('data', (text: Buffer) => void (said += text.toString()));
  const read = (name: string): string =>
    existsSync(join(dir, name)) ? readFileSync(join(dir, name), 'utf8') : '';
  return {
    log: () => said + read('error.log'),
    accessLog: () => read('access.log'),
    stop: () => void child.kill('SIGTERM'),
  };
}

function makeCertificate(key: string, certificate: string): void {
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const places = ['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost'];
  const made = spawnSync('openssl', ['req', ...kind, ...places]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
}
