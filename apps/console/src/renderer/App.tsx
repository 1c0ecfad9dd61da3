import { useState } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient } from './backend/queries.ts';
import type { Host } from './host/host.ts';
import { HostProvider } from './host/host-context.ts';
import { ErrorBoundary } from './parts/ErrorBoundary.tsx';
import { ToastProvider } from './parts/toast.tsx';
import { Shell } from './Shell.tsx';

export function App({ host }: { host: Host }) {
  const [client] = useState(createQueryClient);
  return (
    <HostProvider value={host}>
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <Shell />
          </ToastProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </HostProvider>
  );
}
