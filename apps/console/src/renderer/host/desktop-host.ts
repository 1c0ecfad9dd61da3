/** The console as a desktop app: everything outside of the window goes over the preload's bridge. */
import type { ConsoleBridge } from '../../shared/bridge.ts';
import type { Backend, Change } from '../backend/backend.ts';
import { createTrpcBackend } from '../backend/trpc-backend.ts';
import { desktopCounts } from './desktop-counts.ts';
import { desktopKeys } from './desktop-keys.ts';
import type { Host } from './host.ts';
import { ipcLink } from './ipc-link.ts';

export function createDesktopHost(bridge: ConsoleBridge): Host {
  const calls = createTrpcBackend(ipcLink(bridge));
  const backend: Backend = {
    ...calls,
    // Who is signed in is known here, also while the server is away.
    me: async () => {
      const { profiles, active } = await bridge.accountsState();
      return { login: profiles.find(({ id }) => id === active)?.login ?? null };
    },
    signOut: async () => void (await bridge.signOut()),
    live: (listener) => {
      const stop = bridge.onLive((event) => {
        if (event.kind === 'status') listener.onStatus(event.status);
        else listener.onChange(event.change as Change);
      });
      void bridge.watch(true);
      return () => {
        stop();
        void bridge.watch(false);
      };
    },
  };
  return {
    kind: 'desktop',
    backend,
    accounts: {
      state: bridge.accountsState,
      add: bridge.addServer,
      remove: bridge.removeServer,
      choose: bridge.chooseServer,
      signIn: bridge.signIn,
      cancelSignIn: bridge.cancelSignIn,
      signOut: bridge.signOut,
    },
    saveFile: bridge.saveFile,
    savePdf: bridge.savePdf,
    openExternal: bridge.openExternal,
    copyText: bridge.copyText,
    site: async () => {
      const { profiles, active } = await bridge.accountsState();
      return profiles.find(({ id }) => id === active)?.url ?? null;
    },
    about: bridge.about,
    theme: { get: bridge.getTheme, set: bridge.setTheme },
    keys: desktopKeys(bridge),
    counts: desktopCounts(bridge),
    rolls: {
      chooseFolder: bridge.chooseRollFolder,
      build: bridge.buildRoll,
      stop: bridge.stopRoll,
      write: bridge.writeRoll,
      forgetToken: bridge.forgetRollToken,
      onProgress: bridge.onRollProgress,
    },
    windows: { open: bridge.openWindow },
    github: { checkAccounts: bridge.checkAccounts, fetchRoll: bridge.fetchRoll },
    onCommand: bridge.onCommand,
  };
}
