/** Who a request comes from: the session cookie, its rotation and its two ends (idle and absolute). */
import type { Person } from '@elekto/ballot-box';
import {
  createSession,
  deleteSession,
  findSession,
  rotateSession,
  SESSION_LIFETIME,
  signIn,
  type Database,
} from '@elekto/db';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { CookieJar } from '../http/cookies.ts';

import type { Seal } from './seal.ts';

const DAY = 24 * 60 * 60 * 1000;
/** However often it is used, a sign-in ends after this. */
export const ABSOLUTE_LIFETIME = 30 * DAY;
/** A request that was under way while the token changed may still bring the old one. */
const GRACE = 60_000;

export interface Sessions {
  /** The person of a request; null when nobody is signed in. Rotates an aging token. */
  personOf(req: IncomingMessage, res: ServerResponse): Promise<Person | null>;
  /** Starts a session, always under a new token, and ends the one the browser had. */
  start(
    req: IncomingMessage,
    res: ServerResponse,
    account: { githubId: string; login: string },
  ): Promise<Person>;
  /** A session for a client without cookies, to be sent as `Authorization: Bearer`. */
  issueToken(person: Person): Promise<{ token: string; expiresAt: number }>;
  /** Ends the request's session and clears the cookie. */
  end(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly jar: CookieJar;
  /** Binds the day of signing in to the token, so that the absolute end needs no column. */
  readonly seal: Seal;
  readonly now: () => Promise<number>;
}

interface Ticket {
  readonly token: string;
  readonly startedAt: number;
}

const bearer = (req: IncomingMessage): string | undefined =>
  /^Bearer ([A-Za-z0-9_.-]{16,512})$/.exec(req.headers.authorization ?? '')?.[1];

export function createSessions({ db, jar, seal, now }: Parts): Sessions {
  const rotated = new Map<string, { readonly token: string; readonly until: number }>();

  const pack = ({ token, startedAt }: Ticket): string => seal.seal(`${token} ${startedAt}`);

  function unpack(sealed: string | undefined): Ticket | null {
    const [token, startedAt] = seal.open(sealed)?.split(' ') ?? [];
    return token === undefined || startedAt === undefined ? null : { token, startedAt: Number(startedAt) };
  }

  const ticketOf = (req: IncomingMessage): Ticket | null => unpack(bearer(req) ?? jar.read(req));

  function setCookie(res: ServerResponse, ticket: Ticket, expiresAt: number, at: number): void {
    const end = Math.min(expiresAt, ticket.startedAt + ABSOLUTE_LIFETIME);
    jar.write(res, pack(ticket), Math.max(0, Math.floor((end - at) / 1000)));
  }

  /** At most once a day; a second request that comes with the old token meanwhile gets the same new one. */
  async function rotate(res: ServerResponse, ticket: Ticket, at: number): Promise<void> {
    const fresh = await rotateSession(db, ticket.token, { now: at });
    if (fresh === null) return;
    for (const [old, { until }] of rotated) if (until < Date.now()) rotated.delete(old);
    rotated.set(ticket.token, { token: fresh.token, until: Date.now() + GRACE });
    setCookie(res, { token: fresh.token, startedAt: ticket.startedAt }, fresh.expiresAt, at);
  }

  return {
    async personOf(req, res) {
      const ticket = ticketOf(req);
      if (ticket === null) return null;
      const at = await now();
      if (at >= ticket.startedAt + ABSOLUTE_LIFETIME) {
        await deleteSession(db, ticket.token);
        return null;
      }
      const successor = rotated.get(ticket.token);
      const token = successor && successor.until > Date.now() ? successor.token : ticket.token;
      const found = await findSession(db, token, { now: at });
      if (found === null) return null;
      const aging = found.expiresAt - at < SESSION_LIFETIME - DAY;
      if (aging && !bearer(req) && token === ticket.token) await rotate(res, ticket, at);
      return { userId: found.userId, githubId: found.githubId, login: found.login };
    },

    async start(req, res, account) {
      const before = unpack(jar.read(req));
      if (before) await deleteSession(db, before.token);
      const person = await signIn(db, account);
      const at = await now();
      const { token, expiresAt } = await createSession(db, person.userId, { now: at });
      setCookie(res, { token, startedAt: at }, expiresAt, at);
      return person;
    },

    async issueToken(person) {
      const at = await now();
      const { token, expiresAt } = await createSession(db, person.userId, { now: at });
      return { token: pack({ token, startedAt: at }), expiresAt };
    },

    async end(req, res) {
      const ticket = ticketOf(req);
      if (ticket) {
        await deleteSession(db, ticket.token);
        const successor = rotated.get(ticket.token);
        if (successor) await deleteSession(db, successor.token);
      }
      jar.clear(res);
    },
  };
}
