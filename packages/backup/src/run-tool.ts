/** Programs of a database's own maker, which see the environment given and no terminal. */
import { spawn } from 'node:child_process';

import { codeOf } from './backup-error.ts';
import { endWithUs } from './temporary.ts';

export interface Ran {
  /** 0 when it did what it should; the name of a signal, or a code such as ENOENT when it could not be started. */
  readonly code: number | string | null;
  /** What it said of its trouble: for matching, not for showing, as it may name what it was given. */
  readonly said: string;
  readonly out: string;
}

interface Streams {
  /** File descriptors. */
  readonly stdin?: number;
  readonly stdout?: number;
}

export async function runTool(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { stdin, stdout }: Streams = {},
): Promise<Ran> {
  const child = spawn(name, args, { env, stdio: [stdin ?? 'ignore', stdout ?? 'pipe', 'pipe'] });
  const release = endWithUs(child);
  const texts = { said: '', out: '' };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    texts.said = `${texts.said}${text}`.slice(0, 4000);
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    texts.out = `${texts.out}${text}`.slice(0, 100_000);
  });
  const code = await new Promise<number | string | null>((resolve) => {
    child.on('error', (error) => resolve(codeOf(error)));
    child.on('close', (status, signal) => resolve(status ?? signal));
  });
  release();
  return { code, ...texts };
}
