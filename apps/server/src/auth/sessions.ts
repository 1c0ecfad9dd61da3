/** Who a request comes from: the session cookie, its rotation and its two ends (idle and absolute). */
import type { EndedSignIns, Person } from '@elekto/ballot-box';
import {
  createSession,
  deleteSessions,
  findSession,
  renewSession,
  SESSION_LIFETIME,
  signIn,
  type Database,
  type TellsCaseApart,
} from '@elekto/db';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { CookieJar } from '../http/cookies.ts';

import type { ProviderAccount } from './provider-account.ts';
import type { Seal } from './seal.ts';

const DAY = 24 * 60 * 60 * 1000;
/** However often it is used, a sign-in ends after this. */
export const ABSOLUTE_LIFETIME = 30 * DAY;
/** For so long a request may be under way with the token from before it was renewed. */
const GRACE = 60_000;

export interface Sessions {
  /** The person of a request; null when nobody is signed in. Renews an aging token. */
  personOf(req: IncomingMessage, res: ServerResponse): Promise<Person | null>;
  /** Starts a session, always under a new token, and ends the one the browser had. @throws {LoginHeld} */
  start(req: IncomingMessage, res: ServerResponse, who: ProviderAccount): Promise<Person>;
  /** A session for a client without cookies, to be sent as `Authorization: Bearer`; as old as the sign-in it comes from. */
  issueToken(person: Person): Promise<{ token: string; expiresAt: number }>;
  /** Ends the request's session and clears the cookie. */
  end(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly jar: CookieJar;
  /** Binds the moment of signing in to the token, so that the absolute end needs no column. */
  readonly seal: Seal;
  /** What the database cannot undo. */
  readonly ended: EndedSignIns;
  readonly now: () => Promise<number>;
  /** Whether accounts that an import has left waiting for a login are given to who signs in by it. */
  readonly claims: boolean;
  /** Whether logins that differ in case only are different people's. */
  readonly tellsCaseApart: TellsCaseApart;
}

interface Ticket {
  readonly token: string;
  readonly startedAt: number;
  /** The sign-in's, which every token that follows has, too. */
  readonly id: string;
  /** The token before this one and when this one took its place. It ends when it is no longer on its way. */
  readonly before: { readonly token: string; readonly renewedAt: number } | null;
}

const bearer = (req: IncomingMessage): string | undefined =>
  /^Bearer ([A-Za-z0-9_.-]{16,512})$/.exec(req.headers.authorization ?? '')?.[1];

const newId = (): string => randomBytes(12).toString('base64url');
/** Ours, within the token. */
const userOf = ({ token }: Ticket): string => token.slice(token.indexOf('.') + 1);

export function createSessions(parts: Parts): Sessions {
  const { db, jar, seal, ended, now, claims, tellsCaseApart } = parts;
  const pack = ({ token, startedAt, id, before }: Ticket): string =>
    seal.seal([token, startedAt, id, ...(before === null ? [] : [before.token, before.renewedAt])].join(' '));

  function unpack(sealed: string | undefined): Ticket | null {
    const [token, startedAt, id, old, renewedAt] = seal.open(sealed)?.split(' ') ?? [];
    if (token === undefined || startedAt === undefined || id === undefined) return null;
    // Four parts have those that were given before a sign-in had an id.
    if (old !== undefined && renewedAt === undefined) return null;
    const before = old === undefined ? null : { token: old, renewedAt: Number(renewedAt) };
    return { token, startedAt: Number(startedAt), id, before };
  }

  const ticketOf = (req: IncomingMessage): Ticket | null => unpack(bearer(req) ?? jar.read(req));

  function setCookie(res: ServerResponse, ticket: Ticket, expiresAt: number, at: number): void {
    const end = Math.min(expiresAt, ticket.startedAt + ABSOLUTE_LIFETIME);
    jar.write(res, pack(ticket), Math.max(0, Math.floor((end - at) / 1000)));
  }

  /**
   * At most once a day. Requests that are under way with the old token meanwhile are still taken, by whichever
   * server, and get the same new one; the old token ends with the first request that brings the new one later.
   */
  async function renew(
    res: ServerResponse,
    ticket: Ticket,
    found: { expiresAt: number },
    at: number,
  ): Promise<void> {
    const { token, before } = ticket;
    if (before !== null) {
      if (at < before.renewedAt + GRACE) return;
      await deleteSessions(db, [before.token]);
      return setCookie(res, { ...ticket, before: null }, found.expiresAt, at);
    }
    if (found.expiresAt - at >= SESSION_LIFETIME - DAY) return;
    const fresh = await renewSession(db, token, { now: at });
    if (fresh === null) return;
    const following = { ...ticket, token: fresh.token, before: { token, renewedAt: at } };
    setCookie(res, following, fresh.expiresAt, at);
  }

  const forget = ({ token, before }: Ticket): Promise<void> =>
    deleteSessions(db, before === null ? [token] : [token, before.token], { following: true });
  const hasEnded = (ticket: Ticket): boolean => ended.hasEnded({ ...ticket, userId: userOf(ticket) });

  async function end(ticket: Ticket): Promise<void> {
    await forget(ticket);
    if (!hasEnded(ticket)) ended.end({ ...ticket, userId: userOf(ticket) }, await now());
  }

  return {
    async personOf(req, res) {
      const ticket = ticketOf(req);
      if (ticket === null) return null;
      const at = await now();
      if (at >= ticket.startedAt + ABSOLUTE_LIFETIME) {
        await forget(ticket);
        return null;
      }
      if (hasEnded(ticket)) return null;
      const found = await findSession(db, ticket.token, { now: at });
      if (found === null) return null;
      if (!bearer(req)) await renew(res, ticket, found, at);
      const { userId, account, login } = found;
      return { userId, account, login, signedInAt: ticket.startedAt };
    },

    async start(req, res, who) {
      const before = unpack(jar.read(req));
      if (before) await end(before);
      const person = await signIn(db, who, {
        claims,
        tellsCaseApart,
        ended: (until, userIds) => ended.endAll(until, userIds),
        now: await now(),
      });
      const at = await now();
      const { token, expiresAt } = await createSession(db, person, { now: at });
      const startedAt = Math.max(at, ended.earliest(person.userId));
      setCookie(res, { token, startedAt, id: newId(), before: null }, expiresAt, at);
      return person;
    },

    async issueToken(person) {
      const at = await now();
      const { token, expiresAt } = await createSession(db, person, { now: at });
      const startedAt = person.signedInAt ?? at;
      return { token: pack({ token, startedAt, id: newId(), before: null }), expiresAt };
    },

    async end(req, res) {
      const ticket = ticketOf(req);
      if (ticket) await end(ticket);
      jar.clear(res);
    },
  };
}
