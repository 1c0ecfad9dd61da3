/**
 * `npm run pack:tally`: makes of the counting engine a package for the registry, in `artifacts/tally/`, and packs it:
 * JavaScript modules with their types, README and licence, no dependency. Publishing is
 * `npm publish artifacts/tally` in a workflow that may write an id token, so that npm records the provenance. For that
 * the package has to name the repository that it was built from: the public one that `origin` is, and none else.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const source = join(root, 'packages/tally');

/** The address of the public repository that the checkout came from, as npm writes it; null for any other. */
function originOf(checkout: string): string | null {
  const { stdout } = spawnSync('git', ['-C', checkout, 'remote', 'get-url', 'origin'], { encoding: 'utf8' });
  const found = /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+?(?:\.git)?$/.exec((stdout ?? '').trim());
  return found === null ? null : `git+${found[0].replace(/\.git$/, '')}.git`;
}

/** Builds the package into `target`. @throws Error when the compiler does not agree. */
export function packTally(target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  run(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(source, 'tsconfig.publish.json'),
    '--outDir',
    join(target, 'dist'),
  ]);
  const { name, version, license } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const repository = originOf(root);
  const manifest = {
    name,
    version,
    description: 'Counts ranked ballots by ten methods, exactly, and explains every step.',
    keywords: ['voting', 'election', 'ranked', 'schulze', 'condorcet', 'stv', 'irv', 'borda', 'kemeny'],
    license,
    ...(repository === null
      ? {}
      : { repository: { type: 'git', url: repository, directory: 'packages/tally' } }),
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    publishConfig: { access: 'public', provenance: true },
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(source, 'README.md'), join(target, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}

function run(command: string, args: readonly string[], cwd = root): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

if (import.meta.main) {
  const target = join(root, 'artifacts/tally');
  packTally(target);
  run('npm', ['pack', '--pack-destination', join(root, 'artifacts'), '--ignore-scripts'], target);
  console.log('artifacts/tally is ready to be published; the archive is beside it.');
}
