#!/usr/bin/env node
/** `elekto`: from one piece where `npm run build` has made it of these sources, which takes half of the time; else from the sources. */
import { pathToFileURL } from 'node:url';
import { PIECES, pieceOfSources } from '../../../scripts/one-piece.mjs';
import type * as Command from './run.ts';

const piece = pieceOfSources(PIECES.command.dir);
// Node keeps to itself what packages call that it will not have for ever, and cannot tell them from ours there.
if (piece !== null) process.noDeprecation = true;
const { run } =
  piece === null ? await import('./run.ts') : ((await import(pathToFileURL(piece).href)) as typeof Command);

const failed = await run(process.argv.slice(2));
if (failed !== null) {
  const { message, atOnce } = failed;
  process.stderr.write(`${message}\n`, () => atOnce && process.exit());
  process.exitCode = 1;
}
