/** tRPC's calls over the preload's bridge: the main process holds the token and does the HTTP. */
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '@elekto/api';
import type { ConsoleBridge, ServerAnswer } from '../../shared/bridge.ts';

export function ipcLink(bridge: ConsoleBridge): TRPCLink<AppRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        if (op.type === 'subscription') {
          observer.error(TRPCClientError.from(new Error('Live changes come over the bridge.')));
          return;
        }
        const call = op.type === 'query' ? bridge.query : bridge.mutate;
        call(op.path, op.input).then(
          (answer) => {
            if (answer.kind === 'data') {
              observer.next({ result: { type: 'data', data: answer.data } });
              observer.complete();
            } else observer.error(toError(answer));
          },
          (error: unknown) =>
            observer.error(TRPCClientError.from(error instanceof Error ? error : new Error('failed'))),
        );
      });
}

export function toError(answer: Exclude<ServerAnswer, { kind: 'data' }>): TRPCClientError<AppRouter> {
  return answer.kind === 'unreachable'
    ? TRPCClientError.from<AppRouter>(new Error(answer.reason))
    : TRPCClientError.from<AppRouter>({ error: answer.error } as never);
}
