/**
 * `npm run console`: the desktop app for development, with the renderer reloading as it is edited. Needs
 * Electron's own binary, which npm does not bring; says what to do where it cannot be had.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folder = join(import.meta.dirname, '..');
const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/** The binary that the electron package has fetched; null when it has none. */
function electronBinary(): string | null {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) return named !== undefined && existsSync(named) ? named : null;
  const binary = join(named ?? join(electron, 'dist'), readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

function fetchBinary(): void {
  process.stdout.write('Fetching Electron ...\n');
  spawnSync(process.execPath, [join(electron, 'install.js')], {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: 180_000,
  });
}

if (electronBinary() === null) fetchBinary();
if (electronBinary() === null) {
  process.stderr.write(
    [
      'elekto: Electron could not be fetched: its binary comes from GitHub and not from the npm registry.',
      '  - Where there is a mirror, name it: ELECTRON_MIRROR=https://mirror.example/electron/ npm run console',
      '  - With a downloaded release, name its unpacked folder: ELECTRON_OVERRIDE_DIST_PATH=/path/to/electron npm run console',
      '  - Or use the console in the browser: npm run console:web',
      '',
    ].join('\n'),
  );
  process.exit(1);
}

const cli = join(folder, 'node_modules/electron-vite/bin/electron-vite.js');
const child = spawn(process.execPath, [cli, 'dev', ...process.argv.slice(2)], {
  cwd: folder,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
