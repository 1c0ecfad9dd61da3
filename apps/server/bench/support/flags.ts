import { startProcess, type ServerProcess } from '../../tests/support/process.ts';

/** How the container and the systemd unit start the server: garbage is collected sooner than V8 would by itself. */
export const NODE_FLAGS: readonly string[] = ['--max-semi-space-size=4', '--max-old-space-size=384'];

/**
 * And what it is given beside its configuration: memory outside of its heap, which each cast asks for and gives back, comes from one
 * place. The C library would make several of it, one for some threads each, and give little of them back.
 */
export const ENVIRONMENT = { MALLOC_ARENA_MAX: '1' };

/** A server as an installation starts it. */
export const startInstalled = (
  env: NodeJS.ProcessEnv,
  options: Omit<NonNullable<Parameters<typeof startProcess>[1]>, 'args'> = {},
): Promise<ServerProcess> => startProcess({ ...ENVIRONMENT, ...env }, { ...options, args: NODE_FLAGS });
