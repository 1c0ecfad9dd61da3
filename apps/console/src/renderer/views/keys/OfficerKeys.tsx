import { useQuery } from '@tanstack/react-query';
import type { HostKeys } from '../../host/host.ts';
import { Loading } from '../../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { BeginCeremony } from './BeginCeremony.tsx';
import { CeremonyPanel } from './CeremonyPanel.tsx';
import { MyKey } from './MyKey.tsx';

/** Others deal and confirm while this officer looks. */
const ASK_AGAIN_MS = 15_000;

/** The key on this computer, and every ceremony. */
export function OfficerKeys({ keys, login }: { keys: HostKeys; login: string }) {
  const own = useQuery({ queryKey: ['keys'], queryFn: () => keys.state() });
  const all = useQuery({
    queryKey: ['ceremonies'],
    queryFn: () => keys.ceremonies(),
    refetchInterval: ASK_AGAIN_MS,
    // Whoever comes back sees at once what the others did.
    staleTime: 0,
  });
  if (own.data === undefined)
    return own.error ? (
      <ErrorNotice error={own.error} again={() => void own.refetch()} />
    ) : (
      <Loading what="your key" />
    );
  return (
    <>
      <MyKey keys={keys} state={own.data} login={login} ceremonies={all.data ?? null} />
      {all.error ? <ErrorNotice error={all.error} again={() => void all.refetch()} /> : null}
      {all.data?.unreadable.map(({ file, why, wayOut }) => (
        <Panel key={file} title={file}>
          <Notice tone="bad" title="This custody file cannot be used">
            <p>{why}</p>
            <p>{wayOut}</p>
          </Notice>
        </Panel>
      ))}
      {all.data?.ceremonies.map((ceremony) => (
        <CeremonyPanel key={ceremony.file} keys={keys} ceremony={ceremony} meta={all.data.meta} />
      ))}
      {all.data === undefined ? null : <BeginCeremony keys={keys} all={all.data} />}
    </>
  );
}
