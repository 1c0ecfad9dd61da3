import type { ConsoleBridge } from '../../shared/bridge.ts';
import { valueOf } from './desktop-keys.ts';
import type { HostCounts } from './host.ts';

/** The officer's part in counts over the preload's bridge. */
export const desktopCounts = (bridge: ConsoleBridge): HostCounts => ({
  look: (election, receipt) => valueOf(bridge.lookAtCount(election, receipt)),
  act: (election, receipt) => valueOf(bridge.actInCount(election, receipt)),
  takeBackVoid: (election, receipt) => valueOf(bridge.takeBackVoid(election, receipt)),
  decideTie: (election, words) => valueOf(bridge.decideTie(election, words)),
  lookAtVoids: (election) => valueOf(bridge.lookAtVoids(election)),
  signVoid: (election, reason) => valueOf(bridge.signVoid(election, reason)),
  sayAlive: (election) => valueOf(bridge.sayAlive(election)),
  chooseRepository: (repository) => valueOf(bridge.chooseRepository(repository)),
  onEffort: bridge.onEffort,
});
