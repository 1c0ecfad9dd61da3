import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import type { Accounts } from '../accounts.ts';
import { handle } from './handle.ts';

const nothing = z.tuple([]);
const idSchema = z.uuid();

export function handleAccounts(accounts: Accounts): void {
  handle(CHANNELS.accountsState, nothing, () => accounts.state());
  handle(CHANNELS.addServer, z.tuple([z.string().max(500)]), ([url]) => accounts.add(url));
  handle(CHANNELS.removeServer, z.tuple([idSchema]), ([id]) => accounts.remove(id));
  handle(CHANNELS.chooseServer, z.tuple([idSchema]), ([id]) => accounts.choose(id));
  handle(CHANNELS.signIn, nothing, () => accounts.signIn());
  handle(CHANNELS.cancelSignIn, nothing, () => accounts.cancelSignIn());
  handle(CHANNELS.signOut, nothing, () => accounts.signOut());
}
