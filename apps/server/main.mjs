/**
 * The entry of a production server: `node apps/server/main.mjs`, configured by the environment. Loads the server in one piece where
 * `npm run build` has made it of these sources, which takes a third of the time and less memory; else the sources.
 */
import { pathToFileURL } from 'node:url';
import { PIECES, pieceOfSources } from '../../scripts/one-piece.mjs';

const piece = pieceOfSources(PIECES.server.dir);
// Node keeps to itself what packages call that it will not have for ever, and cannot tell them from ours there.
if (piece !== null) process.noDeprecation = true;
if (piece === null) await import('./src/main.ts');
else await import(pathToFileURL(piece).href);
