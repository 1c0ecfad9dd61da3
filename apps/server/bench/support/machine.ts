import { cpus, release, totalmem } from 'node:os';

import { PIECES, pieceOfSources } from '../../../../scripts/one-piece.mjs';

/** One line on what the figures were measured on, and whether servers were started as an installation does it. */
export const machine = (): string =>
  `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}; ${
    pieceOfSources(PIECES.server.dir) === null
      ? 'servers start from the sources: npm run build first'
      : 'servers in one piece'
  }`;
