/**
 * `npm run image`: builds deploy/Containerfile with the first of podman, buildah and docker that is there, and says how large the image is, all layers together and
 * uncompressed. Ends with 1 at more than MOST. What follows goes to the engine: `npm run image -- --pull-never`, say, with images of your own under those names.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** MB (10^6 bytes) of the whole image. */
const MOST = 350;
const TAG = 'localhost/elekto:measured';

const engine = ['podman', 'buildah', 'docker'].find((name) => spawnSync(name, ['--version']).status === 0);
if (engine === undefined) {
  console.error(
    'There is no podman, buildah or docker here: nothing is built. Debian: apt-get install buildah',
  );
  process.exit(2);
}

const build = [
  'build',
  ...process.argv.slice(2),
  '--file',
  join(root, 'deploy/Containerfile'),
  '--tag',
  TAG,
  root,
];
if (spawnSync(engine, build, { stdio: 'inherit' }).status !== 0) process.exit(1);

const asked =
  engine === 'buildah' ? ['images', '--json', TAG] : ['image', 'inspect', '--format', '{{.Size}}', TAG];
const answer = spawnSync(engine, asked, { encoding: 'utf8' }).stdout.trim();
/** Buildah rounds to whole MB and writes `341 MB`. */
const megabytes = engine === 'buildah' ? buildahSize(answer) : Number(answer) / 1e6;
console.log(`deploy/Containerfile: ${megabytes.toFixed(0)} MB, at most ${MOST}`);
process.exitCode = megabytes <= MOST ? 0 : 1;

function buildahSize(json: string): number {
  const [image] = JSON.parse(json) as { size: string }[];
  const [, value, unit = ''] = /^([\d.]+) ([KMG]?B)$/.exec(image?.size ?? '') ?? [];
  return Number(value) * ({ B: 1e-6, KB: 1e-3, MB: 1, GB: 1e3 }[unit] ?? Number.NaN);
}
