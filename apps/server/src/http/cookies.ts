/** The server's two cookies: the session, and the state of a sign-in under way. */
import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface CookieJar {
  read(req: IncomingMessage): string | undefined;
  write(res: ServerResponse, value: string, maxAgeSeconds: number): void;
  clear(res: ServerResponse): void;
}

/**
 * A cookie that scripts cannot read and other sites cannot send along with a POST. Under https it is named
 * `__Host-`, so that no sibling host can set it.
 */
export function cookieJar(name: string, secure: boolean): CookieJar {
  const fullName = secure ? `__Host-${name}` : name;
  const base: Pick<SetCookie, 'httpOnly' | 'sameSite' | 'path' | 'secure'> = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    ...(secure && { secure: true }),
  };
  const write = (res: ServerResponse, value: string, maxAge: number): void => {
    const others = [res.getHeader('Set-Cookie') ?? []].flat().map(String);
    const kept = others.filter((line) => !line.startsWith(`${fullName}=`));
    res.setHeader('Set-Cookie', [...kept, stringifySetCookie({ name: fullName, value, ...base, maxAge })]);
  };
  return {
    read: (req) => (req.headers.cookie === undefined ? undefined : parseCookie(req.headers.cookie)[fullName]),
    write,
    clear: (res) => write(res, '', 0),
  };
}
