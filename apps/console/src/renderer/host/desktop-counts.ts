import type { ConsoleBridge } from '../../shared/bridge.ts';
import { valueOf } from './desktop-keys.ts';
import type { HostCounts } from './host.ts';

/** The officer's part in counts over the preload's bridge. */
export const desktopCounts = (bridge: ConsoleBridge): HostCounts => ({
  look: (election, receipt) => valueOf(bridge.lookAtCount(election, receipt)),
  act: (election, receipt) => valueOf(bridge.actInCount(election, receipt)),
  sayAlive: (election) => valueOf(bridge.sayAlive(election)),
  chooseRepository: (repository) => valueOf(bridge.chooseRepository(repository)),
  onEffort: bridge.onEffort,
});
