import type { Manifest } from '@elekto/protocol/manifest';
import { hpkeSuite } from './hpke-suite.ts';
import { officersSuite } from './officers-suite.ts';
import type { BoxSuite } from './suite.ts';

/** The suite of an election's ballots. */
export const suiteOf = ({ suite }: Pick<Manifest, 'suite'>): BoxSuite =>
  suite === 2 ? officersSuite : hpkeSuite;
