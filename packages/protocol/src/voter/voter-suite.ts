import type { Manifest } from '../manifest/manifest.ts';
import { hpkeSuite } from './hpke-suite.ts';
import type { VoterSuite } from './suite.ts';

/** The suite of an election's ballots. That of officers is fetched only where an election has it. */
export const voterSuite = async ({ suite }: Pick<Manifest, 'suite'>): Promise<VoterSuite> =>
  suite === 2 ? (await import('./officers-suite.ts')).officersSuite : hpkeSuite;
