/** The app put together: what starts when, and what hears of what. */
import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import { CHANNELS } from '../shared/channels.ts';
import { Accounts } from './accounts.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { copyReport, watchProcess } from './crash.ts';
import { LINK_SCHEME, routeIn, routeOfLink } from './deep-link.ts';
import { openSignIn } from './external.ts';
import { Counts } from './count/counts.ts';
import { openDeskThread } from './count/desk-thread.ts';
import { openMemory } from './count/open-memory.ts';
import { handleAccounts } from './ipc/accounts.ts';
import { handleCounts } from './ipc/counts.ts';
import { handleFiles } from './ipc/files.ts';
import { handleGitHub } from './ipc/github.ts';
import { handleKeys } from './ipc/keys.ts';
import { handleRolls } from './ipc/rolls.ts';
import { callsOf, handleServer } from './ipc/server.ts';
import { handleSystem } from './ipc/system.ts';
import { handleWindows } from './ipc/windows.ts';
import { Ceremonies } from './keys/ceremonies.ts';
import { OfficerKeys } from './keys/officer-keys.ts';
import { shelfIn, systemVault, waitsIn } from './keys/vault.ts';
import { LiveService } from './live-service.ts';
import { installMenu } from './menu.ts';
import { Notices } from './notices.ts';
import { runRollThread } from './roll/roll-thread.ts';
import { Rolls } from './roll/rolls.ts';
import { hardenContents, hardenSession } from './security.ts';
import { SettingsStore } from './settings.ts';
import { TokenStore } from './token-store.ts';
import { WaitingTray } from './tray.ts';
import { Windows } from './windows.ts';

/** Starts the app; a second start shows the first one's window and ends. */
export function start(): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  watchProcess();
  app.enableSandbox();
  registerAppScheme();
  hardenContents();
  // Links come with the words of a second start, on macOS as an event, and at the first start with its own words.
  app.on('second-instance', (_event, words) => windows?.show(routeIn(words)));
  let windows: Windows | null = null;
  let first = routeIn(process.argv);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    if (windows === null) first = routeOfLink(link) ?? first;
    else windows.show(routeOfLink(link));
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app.whenReady().then(() => {
    windows = run(first ?? '');
  });
}

/** @param first the page to begin with. */
function run(first: string): Windows {
  const folder = app.getPath('userData');
  const settings = new SettingsStore(folder);
  nativeTheme.themeSource = settings.get().theme;
  hardenSession();
  serveApp(join(import.meta.dirname, '../renderer'));

  const windows = new Windows(settings);
  const show = (route: string | null): void => windows.show(route);
  const tray = new WaitingTray(show);
  const notices = new Notices(
    () => accounts.server(),
    show,
    (waiting) => tray.show(waiting),
  );
  const live = new LiveService(
    () => accounts.server(),
    (event) => {
      if (event.kind === 'change' && event.change.kind !== 'turnout') void notices.refresh();
    },
  );
  const tokens = new TokenStore(folder);
  const accounts = new Accounts({
    settings,
    tokens,
    openBrowser: openSignIn,
    onChange: () => {
      notices.reset();
      live.restart();
      void notices.refresh();
    },
  });

  const call = callsOf(accounts);
  const keys = new OfficerKeys(systemVault(), shelfIn(folder));
  handleServer(call, live);
  const counts = new Counts({
    ask: call,
    keys,
    server: () => {
      const { profiles, active } = settings.get();
      const profile = profiles.find(({ id }) => id === active);
      return profile === undefined
        ? null
        : { address: profile.url, copies: join(folder, 'counts', profile.id, 'repository') };
    },
    openMemory: (address) => openMemory(folder, address, settings.get().profiles),
    openDesk: openDeskThread,
    tell: (effort) => windows.send(CHANNELS.onEffort, effort),
  });
  handleKeys(keys, new Ceremonies(call, keys, waitsIn(folder), () => counts.publishedKeys()), () => {
    const { profiles, active } = accounts.state();
    return profiles.find(({ id }) => id === active)?.login ?? null;
  });
  handleCounts(counts);
  handleRolls(
    new Rolls({
      tokens,
      cache: join(folder, 'roll-pages'),
      tell: (progress) => windows.send(CHANNELS.onRollProgress, progress),
      run: runRollThread,
    }),
  );
  handleAccounts(accounts);
  handleFiles();
  handleSystem(settings);
  handleGitHub();
  handleWindows(windows);
  installMenu({ settings, windows, copyReport });

  app.on('activate', () => {
    if (windows.current() === null) windows.open('');
  });
  app.on('before-quit', () => live.stop());
  live.restart();
  void notices.refresh();
  windows.open(first);
  return windows;
}
