import { useCallback, useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useHost } from './host/host-context.ts';
import type { Action } from './lib/palette.ts';
import { goTo } from './lib/route.ts';
import { singleKey } from './lib/single-key.ts';

export type Overlay = 'palette' | 'shortcuts';

/** What lies over the pages, the keys that open it, and what is done from it. `enabled`: somebody is signed in. */
export function useOverlays(enabled: boolean) {
  const host = useHost();
  const client = useQueryClient();
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  useEffect(() => {
    if (!enabled) return;
    const press = (event: KeyboardEvent): void => {
      const wanted = overlayOf(event);
      if (wanted === null) return;
      event.preventDefault();
      setOverlay(wanted);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [enabled]);
  const act = useCallback(
    (action: Action): void => {
      if (action === 'shortcuts') setOverlay('shortcuts');
      else if (action === 'refresh') void client.invalidateQueries();
      else if (action === 'home' || action === 'settings' || action === 'keys' || action === 'count')
        goTo({ page: action });
      else void host.theme.set(action).then(() => client.invalidateQueries({ queryKey: ['theme'] }));
    },
    [client, host],
  );
  return { overlay, open: setOverlay, close: () => setOverlay(null), act };
}

function overlayOf(event: KeyboardEvent): Overlay | null {
  const { key, ctrlKey, metaKey, altKey } = event;
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return 'palette';
  return singleKey(event) === '?' ? 'shortcuts' : null;
}
