import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import { useHost } from '../host/host-context.ts';
import { isNewer } from '../lib/newer.ts';
import texts from '../texts/update.json' with { type: 'json' };
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

const HOUR_MS = 3_600_000;
/** Where the version is remembered that an officer has put away. */
const KEY = 'elekto-console-put-away';

/** In the desktop app, where the server is newer than it, until it is put away. Nobody but that server is asked. */
export function UpdateNotice() {
  const host = useHost();
  const versions = useQuery({
    queryKey: ['versions'],
    enabled: host.kind === 'desktop',
    staleTime: HOUR_MS,
    refetchInterval: HOUR_MS,
    queryFn: async () => {
      const [server, { version: own = '' }, site] = await Promise.all([
        host.backend.version(),
        host.about(),
        host.site(),
      ]);
      return { server, own, site };
    },
  }).data;
  const [away, setAway] = useState(putAway);
  if (versions === undefined || !isNewer(versions.server, versions.own)) return null;
  if (versions.server === away) return null;
  const { server, own, site } = versions;
  return (
    <Notice tone="info" title={texts.title}>
      <p>{phrase(texts.detail, { server, own }, 'en')}</p>
      <div className="actions">
        {site?.startsWith('https://') ? (
          <Button onPress={() => void host.openExternal(`${site}/console/`)}>{texts.browser}</Button>
        ) : null}
        <Button
          onPress={() => {
            setAway(server);
            remember(server);
          }}
        >
          {texts.away}
        </Button>
      </div>
    </Notice>
  );
}

function putAway(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(version: string): void {
  try {
    localStorage.setItem(KEY, version);
  } catch {
    // Storage is switched off: it stays away as long as the window.
  }
}
