import { spawn } from 'node:child_process';
import { RollSourceError } from '../problem.ts';

/** Settings of a repository that would have git start programs of its own. */
const QUIET = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'log.showSignature=false',
];

/** Runs the machine's git in a folder and gives its output in pieces. Throws RollSourceError when it fails. */
export async function* git(folder: string, args: readonly string[]): AsyncGenerator<string> {
  const child = spawn('git', [...QUIET, '-C', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  });
  let complaint = '';
  const ended = new Promise<number | Error>((resolve) => {
    child.on('error', resolve);
    child.on('close', (code) => resolve(code ?? 1));
  });
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(0, 1000)));
  child.stdout.setEncoding('utf8');
  try {
    for await (const piece of child.stdout) yield piece as string;
  } finally {
    child.kill();
  }
  const code = await ended;
  if (code instanceof Error)
    throw new RollSourceError(
      'Clones are read with git, which is not installed here: install it, or leave --clones out.',
    );
  if (code !== 0)
    throw new RollSourceError(`git cannot read ${folder}: ${complaint.trim().split('\n')[0] ?? ''}`);
}

export async function gitText(folder: string, args: readonly string[]): Promise<string> {
  let text = '';
  for await (const piece of git(folder, args)) text += piece;
  return text;
}
