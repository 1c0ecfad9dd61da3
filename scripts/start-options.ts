/** What `npm start` is called with, and how it ends where it cannot go on. Loads nothing of the server. */
import { parseArgs } from 'node:util';

export const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const USAGE = `npm start                                    the demo: a fictional organisation's elections
npm start -- --meta <url or path>            serve a meta repository
            --elections <dir>                its elections directory ("." for the root; default "elections")
            --branch <name>                  the branch to follow (default: the repository's own)
            --port <n>                       default 3000
Each is also an environment variable: ELEKTO_META, ELEKTO_ELECTIONS_DIR, ELEKTO_META_BRANCH, PORT.
All settings: docs/operators.md`;

export type Options = Readonly<Record<'meta' | 'elections' | 'branch' | 'port', string | undefined>>;

/** Ends with one line for a person; nothing was made yet. */
export function fail(message: string): never {
  process.stderr.write(`elekto: ${message}\n`);
  process.exit(1);
}

/** The arguments; ends where one is not known, or help is asked for. */
export function options(): Options {
  try {
    const { values } = parseArgs({
      options: {
        meta: { type: 'string' },
        elections: { type: 'string' },
        branch: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      say(USAGE);
      process.exit(0);
    }
    if (values.meta === '') fail('--meta is empty: name a URL or a path.');
    return { meta: values.meta, elections: values.elections, branch: values.branch, port: values.port };
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`);
  }
}
