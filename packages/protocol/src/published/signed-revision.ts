import { readResults } from '../result/read-results.ts';
import { resultsMessage } from '../result/results.ts';
import { isSigned } from '../result/signature.ts';
import { revisionOf } from './box-facts.ts';

/** The revision of a results.json that this key signed; null for anything else. The ballots are not looked at. */
export async function signedRevision(resultsJson: string, publicKey: string): Promise<string | null> {
  const read = readResults(resultsJson);
  if (!read.ok) return null;
  const { value: file } = read;
  return (await isSigned(publicKey, file.signature, resultsMessage(file))) ? revisionOf(file) : null;
}
