import { Suspense, useCallback, useEffect, useRef, type RefCallback } from 'react';
import { Unreachable } from './backend/backend.ts';
import type { ElectionOverview } from './backend/model.ts';
import { AwayIsSaid } from './parts/away.ts';
import { ErrorNotice } from './parts/Notice.tsx';
import { Loading } from './parts/Loading.tsx';
import { Sidebar } from './parts/Sidebar.tsx';
import { OfflineBar } from './parts/OfflineBar.tsx';
import { UpdateNotice } from './parts/UpdateNotice.tsx';
import { useMe, useOverview } from './backend/queries.ts';
import { useBoundaries } from './backend/use-boundaries.ts';
import { useLastError } from './backend/use-last-error.ts';
import { useLive } from './backend/use-live.ts';
import { later, readAhead } from './parts/later.tsx';
import { focusHeading, keepFocus } from './lib/focus.ts';
import { formatRoute, useRoute } from './lib/route.ts';
import { useTheme } from './use-theme.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useCommands } from './use-commands.ts';
import { useOverlays } from './use-overlays.ts';
import { CountFileView } from './views/count/CountFileView.tsx';
import { ElectionView } from './views/ElectionView.tsx';
import { HeldView } from './views/HeldView.tsx';
import { HomeView } from './views/HomeView.tsx';
import { KeysView } from './views/keys/KeysView.tsx';
import { SettingsView } from './views/SettingsView.tsx';
import { SignInView } from './views/SignInView.tsx';
import texts from './texts/count-file.json' with { type: 'json' };

const Palette = later(async () => (await import('./parts/Palette.tsx')).Palette);
const ShortcutsSheet = later(async () => (await import('./parts/ShortcutsSheet.tsx')).ShortcutsSheet);

const NONE: readonly ElectionOverview[] = [];

/** Sidebar, the page the route names, and whether somebody is signed in at all. */
export function Shell() {
  const route = useRoute();
  const me = useMe();
  const meError = useLastError(me);
  const signedIn = (me.data?.login ?? null) !== null;
  const overview = useOverview(signedIn);
  const overviewError = useLastError(overview);
  const live = useLive(signedIn);
  useBoundaries(overview.data?.elections ?? NONE);
  useTheme();
  const overlays = useOverlays(signedIn);
  const isFileHeld = useFileDrop();
  const page = usePageFocus(formatRoute(route));
  useCommands(overview.data?.elections[0]?.key ?? null, overlays.open);
  const isThere = overview.data !== undefined;
  useEffect(() => {
    if (isThere) readAhead();
  }, [isThere]);

  if (!me.data) {
    return (
      <main className="sign-in">
        <h1 className="brand">
          Elekto <span>console</span>
        </h1>
        {meError === null ? (
          <Loading what="the console" />
        ) : (
          <ErrorNotice error={meError} again={() => void me.refetch()} />
        )}
      </main>
    );
  }
  if (!signedIn) return <SignInView />;

  const elections = overview.data?.elections ?? [];
  const bar = (
    <OfflineBar
      live={live}
      error={overviewError}
      since={overview.dataUpdatedAt}
      onRetry={() => void overview.refetch()}
    />
  );
  /** Nothing is there yet that it could stand above. */
  const isBare = overview.data === undefined && (route.page === 'home' || route.page === 'election');
  const election = route.page === 'election' ? elections.find(({ key }) => key === route.key) : undefined;
  const held =
    route.page === 'election' ? overview.data?.held.find(({ key }) => key === route.key) : undefined;
  return (
    <div className="shell">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <Sidebar
        elections={elections}
        route={route}
        login={me.data.login ?? ''}
        live={live}
        onFind={() => overlays.open('palette')}
      />
      <AwayIsSaid value={overviewError instanceof Unreachable || live === 'offline'}>
        <main id="page" ref={page} className="page" tabIndex={-1}>
          {isBare ? null : bar}
          <UpdateNotice />
          {route.page === 'settings' ? (
            <SettingsView />
          ) : route.page === 'count' ? (
            <CountFileView />
          ) : route.page === 'keys' ? (
            <KeysView login={me.data.login ?? ''} />
          ) : overview.data === undefined ? (
            <>
              <header className="page-head">
                <h1>{route.page === 'election' ? 'Election' : 'My elections'}</h1>
              </header>
              {bar}
              {overviewError === null && live !== 'offline' ? (
                <Loading what={route.page === 'election' ? 'the election' : 'your elections'} />
              ) : null}
            </>
          ) : held !== undefined ? (
            <HeldView key={held.key} election={held} />
          ) : route.page === 'election' ? (
            <ElectionView
              key={route.key}
              election={election}
              tab={route.tab}
              item={route.item ?? null}
              all={elections}
            />
          ) : (
            <HomeView {...overview.data} />
          )}
        </main>
      </AwayIsSaid>
      {isFileHeld ? (
        <p className="drop-here" role="status">
          {texts.drop}
        </p>
      ) : null}
      <Suspense fallback={null}>
        {overlays.overlay === 'palette' ? (
          <Palette elections={elections} route={route} onAction={overlays.act} onClose={overlays.close} />
        ) : null}
        {overlays.overlay === 'shortcuts' ? <ShortcutsSheet onClose={overlays.close} /> : null}
      </Suspense>
    </div>
  );
}

/** Answers what to put at the page, in which the focus is never lost. Where somebody begins, nothing takes it from the first link. */
function usePageFocus(place: string): RefCallback<HTMLElement> {
  const page = useRef<HTMLElement>(null);
  const last = useRef(place);
  useEffect(() => {
    if (place !== last.current) focusHeading(page.current);
    last.current = place;
  }, [place]);
  return useCallback((element: HTMLElement) => {
    page.current = element;
    const end = keepFocus(element);
    return () => {
      end();
      page.current = null;
    };
  }, []);
}
