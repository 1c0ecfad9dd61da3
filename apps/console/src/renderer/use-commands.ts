import { useEffect, useEffectEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useHost } from './host/host-context.ts';
import type { MenuCommand } from '../shared/bridge.ts';
import type { Overlay } from './use-overlays.ts';
import { goTo, parseRoute, TABS } from './lib/route.ts';
import { useOwnWindow } from './parts/use-own-window.ts';

/** Does what the desktop app's menus and notifications ask for. `fallback`: the election when none is open. */
export function useCommands(fallback: string | null, open: (overlay: Overlay) => void): void {
  const host = useHost();
  const client = useQueryClient();
  const openOwn = useOwnWindow();
  const obey = useEffectEvent((command: MenuCommand): void => {
    if (command === 'home') goTo({ page: 'home' });
    else if (command === 'settings') goTo({ page: 'settings' });
    else if (command === 'count-file') goTo({ page: 'count' });
    else if (command === 'window') {
      const route = parseRoute(window.location.hash);
      if (route.page === 'election') void openOwn?.(route.key, route.tab);
    } else if (command === 'shortcuts' || command === 'palette') open(command);
    else if (command === 'refresh') void client.invalidateQueries();
    else if (command.startsWith('open:')) goTo(parseRoute(command.slice('open:'.length)));
    else if (command.startsWith('go:')) {
      const tab = TABS.find((name) => name === command.slice('go:'.length));
      const route = parseRoute(window.location.hash);
      const key = route.page === 'election' ? route.key : fallback;
      if (tab !== undefined && key !== null) goTo({ page: 'election', key, tab });
    }
  });
  useEffect(() => host.onCommand((command) => obey(command)), [host]);
}
