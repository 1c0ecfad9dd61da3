/**
 * Builds the public site: one call, one child process, one fresh folder. The caller swaps the folder in
 * when the promise resolves; on failure nothing of value is in it.
 */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

export type { Organisation, SiteElection, SiteSnapshot, UnreadableElection } from './src/data/model.ts';
export { digestOfSources } from './src/build/sources.ts';

export interface BuildOptions {
  /** A `SiteSnapshot` as JSON. */
  readonly dataFile: string;
  /** Emptied and filled. */
  readonly outDir: string;
  /** Keeps bundles and rendered Markdown from build to build; a folder of the site when left out. */
  readonly cacheDir?: string;
  /** Gives up the build; the promise rejects. */
  readonly signal?: AbortSignal;
}

export interface BuildReport {
  readonly pages: number;
  readonly milliseconds: number;
}

/** The build failed; the message is what the build said, for the log. */
export class SiteBuildError extends Error {
  override readonly name = 'SiteBuildError';
}

const RUN = fileURLToPath(new URL('./src/build/run.ts', import.meta.url));

/** @throws SiteBuildError when the data cannot be read or a page does not render. */
export function buildSite(options: BuildOptions): Promise<BuildReport> {
  return new Promise((resolve, reject) => {
    // A small young generation costs a build no time and saves it 100 MB beside the server.
    const flags = ['--max-semi-space-size=4', '--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, RUN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
      env: {
        ...publicEnvironment(process.env),
        NODE_ENV: 'production',
        ASTRO_TELEMETRY_DISABLED: '1',
        // An account without a home, as in a container, must do; and nothing is looked up in anybody's.
        HOME: tmpdir(),
        ELEKTO_SITE_DATA: options.dataFile,
        ELEKTO_SITE_OUT: options.outDir,
        ...(options.cacheDir === undefined ? {} : { ELEKTO_SITE_CACHE: options.cacheDir }),
      },
    });
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', (error) => reject(new SiteBuildError(`The site build did not run: ${error.message}`)));
    child.on('close', (code) => {
      const line = out.trim().split('\n').at(-1) ?? '';
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line) as BuildReport);
      else reject(new SiteBuildError(`The site build failed:\n${(said || out).trim().slice(-4000)}`));
    });
  });
}

/** Without the server's settings: what renders texts of strangers has no use for its secrets. */
export function publicEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.filter(([name]) => !/^(ELEKTO|APP|DB|GITHUB|META|OTEL)_/.test(name)));
}
