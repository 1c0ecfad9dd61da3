/**
 * Chromium outside of Electron cannot be taught a scheme, so `app://console/x` is shown to it as
 * `https://console.app.double/x` and answered by the app's own protocol handler. Both are secure origins.
 */
const SUFFIX = '.double';

export function toBrowser(url: string): string {
  const parsed = new URL(url);
  if (/^(https?|about|data|blob):$/.test(parsed.protocol)) return url;
  return `https://${parsed.host}.${parsed.protocol.slice(0, -1)}${SUFFIX}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

export function toApp(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search, hash } = new URL(url);
  if (!host.endsWith(SUFFIX)) return url;
  const parts = host.slice(0, -SUFFIX.length).split('.');
  const scheme = parts.pop() ?? '';
  return `${scheme}://${parts.join('.')}${pathname}${search}${hash}`;
}
