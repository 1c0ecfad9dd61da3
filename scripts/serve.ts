/**
 * The server of `npm start`, from its arguments on, and what is said of it. Without configuration it is the demo; with `--meta` (or
 * ELEKTO_META) it serves that repository. Everything it does is said on standard output as it happens.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import {
  ConfigError,
  makeDirectory,
  readConfig,
  removeDirectories,
  type RunningServer,
  StartError,
  startServer,
  workspaceSiteBuilder,
} from '@elekto/server';
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { buildConsole, isConsoleBuilt } from './build-console.ts';
import type { Pages } from './build-pages.ts';
import { liveDemo } from './demo-life.ts';
import { DRIFTWOOD_PEOPLE, peopleOf, prepareDemo } from './demo.ts';
import { fail, type Options, say } from './start-options.ts';

const root = join(import.meta.dirname, '..');

/** A path as the person typed it, from where they typed it; URLs and SSH addresses stay as they are. */
function fromCaller(source: string): string {
  if (/^([a-z]+:\/\/|[^/\\]+@[^/\\]+:)/i.test(source) || isAbsolute(source)) return source;
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), source);
}

/**
 * A data directory per repository, so that trying another one never touches the first one's ballots; and one
 * of its own for the stand-in's people, whose made-up accounts must not be taken for real ones.
 */
function dataDirFor(source: string, standIn: boolean): string {
  const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const name =
    basename(source)
      .replace(/\.git$/, '')
      .replace(/[^\w.-]+/g, '-') || 'meta';
  return join(root, '.data', `${name}-${hash}${standIn ? '-trial' : ''}`);
}

/** The stand-in plays any provider: ELEKTO_SIGN_IN=gitlab npm start. */
const STAND_INS: Readonly<Record<string, string>> = { gitlab: 'GitLab', forgejo: 'Forgejo', gitea: 'Gitea' };
const show = (path: string): string => relative(process.cwd(), path) || '.';

/** Ends with what a person can change; what else is thrown is a fault of ours and keeps its trace. */
function refuse(error: unknown): never {
  if (error instanceof ConfigError || error instanceof StartError) fail(error.message);
  throw error;
}

/** What to try in the demo, whose repository is at `meta`. */
function sayWhatNext(meta: string): void {
  say(`  Meta repository   ${show(meta)}   (a copy of examples/driftwood: edit a file and the site follows)`);
  say();
  say('What to do next');
  say(
    '  1. Open the site, choose "Steering Committee, fourth term", sign in as Mira Okafor and cast a ballot.',
  );
  say('  2. Sign in as Rui Tavares and open the officer console: it says what needs an officer.');
  say(
    '  3. Set end_datetime in elections/steering/term-4/election.yaml to a minute from now, in UTC. When it has',
  );
  say('     passed, the console shows the result.');
  say('  4. Serve your own repository: npm start -- --meta <url or path> --elections <dir>');
}

/** Starts it and says what there is; it ends with a signal. `pages`: what renders them, which may still be on its way, or is made when it is needed. */
export async function serve(asked: Options, pages: Pages): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  if (asked.port !== undefined) env['PORT'] = asked.port;
  if (asked.meta !== undefined) env['ELEKTO_META'] = fromCaller(asked.meta);
  if (asked.elections !== undefined) env['ELEKTO_ELECTIONS_DIR'] = asked.elections;
  if (asked.branch !== undefined) env['ELEKTO_META_BRANCH'] = asked.branch;

  const hasApp = ['ELEKTO_SIGN_IN', 'ELEKTO_GITHUB', 'GITHUB'].some(
    (name) => env[`${name}_CLIENT_ID`] || env[`${name}_CLIENT_SECRET`],
  );
  // Its people write their names in any case, as those of most issuers.
  if (!hasApp && env['ELEKTO_SIGN_IN'] === 'oidc') env['ELEKTO_SIGN_IN_LOGIN_CASE'] ??= 'ignored';
  const played = env['ELEKTO_SIGN_IN_NAME'] ?? STAND_INS[env['ELEKTO_SIGN_IN'] ?? ''];
  const source = env['ELEKTO_META'] ?? env['META_REPO'];
  const demo = !source && !hasApp;
  if (demo && (asked.elections ?? asked.branch) !== undefined)
    fail('--elections and --branch belong to a repository: name it with --meta.');
  // A person reads this terminal: only what went wrong is worth a log line.
  env['LOG_LEVEL'] ??= 'warn';
  env['ELEKTO_DATA_DIR'] ??= source
    ? dataDirFor(source, !hasApp)
    : join(root, '.data', played === undefined ? 'demo' : `demo-${env['ELEKTO_SIGN_IN'] ?? ''}`);
  const dataDir = env['ELEKTO_DATA_DIR'];
  // A trial is thrown away with one directory, and holds nothing that anybody has to keep apart.
  if (!hasApp) env['ELEKTO_SECRETS_DIR'] ??= join(dataDir, 'secrets');
  const gitHub = hasApp
    ? null
    : await startFakeGitHub({ people: demo ? DRIFTWOOD_PEOPLE : [], ...(played && { name: played }) });
  if (gitHub) env['ELEKTO_DEMO_SIGN_IN'] = gitHub.url;

  /** Takes back what a start that failed has made. */
  let undo = (): void => undefined;
  /** What has happened in the demo before its first start. */
  let live: ((env: NodeJS.ProcessEnv) => Promise<void>) | null = null;
  const example = join(root, 'examples', 'driftwood');
  try {
    readConfig(demo ? { ...env, ELEKTO_META: example, ELEKTO_ELECTIONS_DIR: 'elections' } : env);
    if (demo) {
      const made = makeDirectory(dataDir, 'ELEKTO_DATA_DIR');
      const meta = join(dataDir, 'meta');
      const before = new Set(readdirSync(dataDir));
      const shift = prepareDemo([example, `${example}-past`], meta, Date.now());
      if (shift !== null) {
        undo = () => {
          for (const name of readdirSync(dataDir))
            if (!before.has(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
          removeDirectories(made);
        };
        live = (seed) => liveDemo(seed, meta, shift);
      }
      env['ELEKTO_META'] = meta;
      env['ELEKTO_ELECTIONS_DIR'] = 'elections';
    }
  } catch (error) {
    refuse(error);
  }

  say(demo ? 'Elekto, as a demo.' : `Elekto, for ${source}.`);
  if (pages.begun) say('Bundling what runs in the pages ...');
  const consoleMade = Promise.withResolvers<void>();
  async function begin(): Promise<RunningServer> {
    const siteBuilder = await workspaceSiteBuilder();
    const isThere = pages.made.then((made) => {
      // It is ready by the time that there is something to render.
      if (made && live) siteBuilder.prepare?.(join(dataDir, 'site', 'cache'));
    });
    if (live) {
      const begun = performance.now();
      say('Holding an election of the past and beginning the running one ...');
      await live(env);
      say(`It took ${((performance.now() - begun) / 1000).toFixed(1)} s, at this first start only.`);
    }
    await isThere;
    return startServer(env, {
      say,
      siteBuilder,
      ...(!isConsoleBuilt() && { consoleMade: consoleMade.promise }),
    });
  }
  const server = await begin().catch((error: unknown) => {
    undo();
    return refuse(error);
  });
  if (gitHub && !demo)
    for (const person of peopleOf(server.snapshot()?.elections.values() ?? [])) gitHub.setPerson(person);

  say();
  say(`  Site              ${server.url}/`);
  say(
    `  Officer console   ${server.url}/console/${isConsoleBuilt() ? '' : '   (in a moment, when it is built)'}`,
  );
  say(`  Data              ${show(dataDir)}`);
  if (hasApp) say(`  Keys              ${show(server.config.secretsDir)}`);
  if (demo) sayWhatNext(env['ELEKTO_META'] ?? '');
  if (gitHub) {
    say();
    say(
      'No sign-in app is configured, so a stand-in on this machine signs people in, without asking who they are.',
    );
    say('It works on this machine only. How to set up the real one: docs/sign-in.md');
  }
  say('\nCtrl-C stops it.');

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    say('\nStopping ...');
    await server.close();
    await gitHub?.close();
    process.exit(0);
  }
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());

  if (!isConsoleBuilt()) {
    // The bundler takes both processors: after the pages are there.
    await buildConsole(say).then(
      () => say('The officer console is ready.'),
      (error: unknown) => {
        if (!stopping) say((error as Error).message);
      },
    );
    consoleMade.resolve();
  }
}
