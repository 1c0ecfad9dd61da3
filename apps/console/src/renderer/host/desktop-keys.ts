import type { ConsoleBridge, ServerAnswer } from '../../shared/bridge.ts';
import { translateError } from '../backend/trpc-backend.ts';
import type { HostKeys } from './host.ts';
import { toError } from './ipc-link.ts';

/** The officer's keys over the preload's bridge. */
export function desktopKeys(bridge: ConsoleBridge): HostKeys {
  return {
    state: bridge.keysState,
    begin: bridge.beginKey,
    prove: bridge.proveKey,
    recover: bridge.recoverKey,
    ceremonies: () => valueOf(bridge.ceremonies()),
    takePart: (file, step) => valueOf(bridge.takePart(file, step)),
    sayReady: (file, election) => valueOf(bridge.sayReady(file, election)),
    beginCeremony: (ceremony) => valueOf(bridge.beginCeremony(ceremony)),
  };
}

/** The value of an answer, whose shape the main process has checked; its refusal thrown as every other. */
export async function valueOf<T>(coming: Promise<ServerAnswer>): Promise<T> {
  const answer = await coming;
  if (answer.kind === 'data') return answer.data as T;
  throw translateError(toError(answer));
}
