import { createContext, useContext } from 'react';
import type { Backend } from '../backend/backend.ts';
import type { Host } from './host.ts';

const HostContext = createContext<Host | null>(null);
export const HostProvider = HostContext.Provider;

/** The platform below the renderer. Throws outside of a HostProvider: that is a bug. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('useHost needs a HostProvider above it.');
  return host;
}

export function useBackend(): Backend {
  return useHost().backend;
}
