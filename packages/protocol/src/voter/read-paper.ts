import type { BallotPaper } from '../ballot/paper.ts';
import { SIZES } from '../ballot/record.ts';
import { fromBase64Url } from '@elekto/wire';
import { hashManifest } from '../manifest/manifest.ts';

/** The paper is not what it claims to be, or the ranking does not fit it. A fault of the page or the server, not of the voter. */
export class PaperError extends Error {
  override readonly name = 'PaperError';
}

/** What a paper's texts stand for; refuses a paper whose manifest does not have the hash it names. */
export function readPaper(paper: BallotPaper): {
  publicKey: Uint8Array<ArrayBuffer>;
  voterBinding: Uint8Array<ArrayBuffer>;
} {
  const publicKey = fromBase64Url(paper.manifest.publicKey, SIZES.publicKey);
  const voterBinding = fromBase64Url(paper.voterBinding, SIZES.voterBinding);
  if (publicKey === null || voterBinding === null || ![1, 2].includes(paper.manifest.suite)) {
    throw new PaperError('this ballot paper cannot be read');
  }
  if (hashManifest(paper.manifest) !== paper.manifestHash) {
    throw new PaperError('this ballot paper does not match its own hash');
  }
  return { publicKey, voterBinding };
}
