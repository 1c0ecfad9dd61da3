import { Suspense } from 'react';
import { useHost } from '../../host/host-context.ts';
import { later } from '../../parts/later.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Notice } from '../../parts/Notice.tsx';

const OfficerKeys = later(async () => (await import('./OfficerKeys.tsx')).OfficerKeys);

/** The officer's own key, and every ceremony with who is waited for. */
export function KeysView({ login }: { login: string }) {
  const { keys } = useHost();
  return (
    <>
      <header className="page-head">
        <h1>Keys</h1>
      </header>
      {keys === null ? (
        <OnlyOnComputers />
      ) : (
        <Suspense fallback={<Loading what="your keys" />}>
          <OfficerKeys keys={keys} login={login} />
        </Suspense>
      )}
    </>
  );
}

/** Said in a browser: what a server sends could read whatever it is given. */
function OnlyOnComputers() {
  return (
    <Notice tone="info" title="Keys are kept by the desktop app">
      <p>
        A page is sent by the server each time, and a server that was broken into could send one that reads
        your key. So no page holds one.
      </p>
      <p>
        Open the console&rsquo;s desktop app on your own computer, or run <code>elekto custody key</code> in a
        terminal.
      </p>
    </Notice>
  );
}
