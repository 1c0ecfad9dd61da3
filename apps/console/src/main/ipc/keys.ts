import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import { CEREMONY_ACTS } from '../../shared/keys.ts';
import type { Ceremonies } from '../keys/ceremonies.ts';
import type { OfficerKeys } from '../keys/officer-keys.ts';
import { handle } from './handle.ts';

const nothing = z.tuple([]);
const login = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,98}$/);
const file = z.string().regex(/^keys\/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.json$/);
const act = z.enum(CEREMONY_ACTS);
const ceremony = z.strictObject({
  officers: z.array(login).max(64),
  threshold: z.int().min(1).max(64),
  until: z.string().max(10),
  rehearsal: z.boolean(),
});

/** `whose` is the login that is signed in: a key is never made in another name. */
export function handleKeys(keys: OfficerKeys, ceremonies: Ceremonies, whose: () => string | null): void {
  handle(CHANNELS.keysState, nothing, () => keys.state());
  handle(CHANNELS.beginKey, nothing, () => keys.begin(signedIn(whose)));
  handle(CHANNELS.proveKey, z.tuple([z.array(z.string().max(20)).max(12)]), ([words]) => keys.prove(words));
  handle(CHANNELS.recoverKey, z.tuple([z.string().max(500)]), async ([phrase]) =>
    keys.recover(signedIn(whose), phrase, await ceremonies.named()),
  );
  handle(CHANNELS.ceremonies, nothing, () => ceremonies.list());
  handle(CHANNELS.takePart, z.tuple([file, act]), ([name, step]) => ceremonies.takePart(name, step));
  handle(CHANNELS.sayReady, z.tuple([file, z.string().min(1).max(512)]), ([name, election]) =>
    ceremonies.sayReady(name, election),
  );
  handle(CHANNELS.beginCeremony, z.tuple([ceremony]), ([wanted]) => ceremonies.begin(wanted));
}

function signedIn(whose: () => string | null): string {
  const login = whose();
  if (login === null) throw new Error('nobody is signed in');
  return login;
}
