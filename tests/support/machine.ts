/**
 * A machine for the commands of a guide: a directory in place of its root, and programs in place of those that need
 * the superuser, an account database, packages or systemd. Everything else (git, npm, curl, sed, Node) is the real one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The places of the guide that lie below the directory instead. */
const PLACES = [
  'opt/elekto',
  'etc/elekto',
  'etc/caddy',
  'etc/systemd',
  'var/lib',
  'var/backups',
  'run/elekto-restore',
  'usr/local/bin',
];
const PATTERN = `(^|[^A-Za-z0-9_./-])/(${PLACES.join('|')})`;

export interface Machine {
  readonly dir: string;
  /** Text with every place moved below the directory. */
  moved(text: string): string;
  /** Runs lines of a shell in the home of a person; everything that was said, and how it ended. */
  run(lines: string): Promise<{ code: number | null; output: string }>;
  /** What the programs in place of others were asked, a line each. */
  asked(): string[];
}

const STANDINS: Readonly<Record<string, string>> = {
  sudo: 'exec "$@"',
  'apt-get': 'exit 0',
  useradd: 'exit 0',
  // runuser --user elekto -- command
  runuser: 'while [ "$1" != -- ]; do shift; done\nshift\nexec "$@"',
  systemctl: 'exec "$MACHINE_NODE" "$MACHINE_SYSTEMCTL" "$@"',
  // No owner is given, for the account is not there. What goes to systemd and to /usr/local/bin learns of the places.
  install: `left=$#
while [ $left -gt 0 ]; do
  case $1 in
    -o | -g) shift 2; left=$((left - 2)) ;;
    *) set -- "$@" "$1"; shift; left=$((left - 1)) ;;
  esac
done
PATH=$MACHINE_PATH install "$@"
for target; do :; done
case "$*" in
  */deploy/systemd/*)
    sed -E "s#$MACHINE_PATTERN#\\\\1$MACHINE_DIR/\\\\2#g" "$target" >"$target.moved"
    cat "$target.moved" >"$target"
    rm "$target.moved" ;;
esac`,
  // The pnpm of this checkout, where it is there, so that it is not fetched again: a copy, since an install removes what only
  // installing needs.
  npm: `tools=$MACHINE_DIR/opt/elekto/.toolchain
if [ -d "$MACHINE_TOOLS/pnpm" ] && [ ! -e "$tools" ]; then
  mkdir "$tools"
  cp -al "$MACHINE_TOOLS/pnpm" "$tools/" 2>/dev/null || cp -a "$MACHINE_TOOLS/pnpm" "$tools/"
fi
PATH=$MACHINE_PATH exec npm "$@"`,
};

/** Makes one in an empty directory. `root` is the checkout whose toolchain it borrows. */
export function makeMachine(dir: string, root: string, extra: Readonly<Record<string, string>>): Machine {
  const bin = join(dir, 'standins');
  const home = join(dir, 'home');
  const log = join(dir, 'asked.log');
  for (const place of [
    bin,
    home,
    ...['opt', 'run', 'etc/caddy', 'etc/systemd/system', 'usr/local/bin'].map((p) => join(dir, p)),
  ])
    mkdirSync(place, { recursive: true });
  writeFileSync(log, '');
  for (const [name, body] of Object.entries(STANDINS)) {
    const script = `#!/bin/sh\nset -eu\necho "${name} $*" >>"$MACHINE_DIR/asked.log"\n${body}\n`;
    writeFileSync(join(bin, name), script, { mode: 0o755 });
  }
  const gitConfig = join(dir, 'gitconfig');
  writeFileSync(gitConfig, '[user]\n\tname = Ada\n\temail = ada@example.org\n[safe]\n\tdirectory = *\n');

  // As a person's shell has it: without what the run of these tests has put in front.
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((part) => !part.startsWith(`${root}/`))
    .join(delimiter);
  const env: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(ELEKTO_|VITEST|NODE_|npm_(lifecycle|package|execpath|node))|^(INIT_CWD|PORT|HOST)$/.test(name),
    ),
  );
  Object.assign(env, extra, {
    PATH: [bin, join(dir, 'usr/local/bin'), path].join(delimiter),
    GIT_CONFIG_GLOBAL: gitConfig,
    GIT_TERMINAL_PROMPT: '0',
    MACHINE_DIR: dir,
    MACHINE_PATH: path,
    MACHINE_PATTERN: PATTERN,
    MACHINE_NODE: process.execPath,
    MACHINE_SYSTEMCTL: join(import.meta.dirname, 'systemctl.ts'),
    MACHINE_TOOLS: join(root, '.toolchain'),
  });

  return {
    dir,
    moved: (text) => text.replace(new RegExp(PATTERN, 'gm'), `$1${dir}/$2`),
    asked: () => readFileSync(log, 'utf8').trim().split('\n'),
    run: (lines) =>
      new Promise((resolve) => {
        const child = spawn('/bin/sh', ['-eu', '-c', lines], {
          cwd: home,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let output = '';
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
        child.on('close', (code) => resolve({ code, output }));
      }),
  };
}

/** The id of a service's process while it runs. */
export function servicePid(dir: string, name = 'service'): number | null {
  const file = join(dir, `${name}.pid`);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

/** What the service has written. */
export const journal = (dir: string): string =>
  existsSync(join(dir, 'journal.log')) ? readFileSync(join(dir, 'journal.log'), 'utf8') : '';
