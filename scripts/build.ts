/**
 * Makes ahead of time what a server would otherwise make at its first start: the officer console's web
 * version, the site's islands, itself and the command in one piece each. A container's image and
 * an installation that the service cannot write to are built with it (`npm run build`).
 */
import { PREBUILT } from '../site/src/build/islands-place.ts';
import { prepareIslands } from '../site/src/build/islands.ts';
import { buildConsole } from './build-console.ts';
import { buildPieces } from './build-pieces.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await buildConsole(say);
  say('Bundling what runs in the pages ...');
  await prepareIslands(PREBUILT);
  await buildPieces(say);
} catch (error) {
  process.stderr.write(`elekto: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
