import type { Verification } from '@elekto/protocol/result';
import { checkWords, say } from '@elekto/words';

/**
 * The first thing that is wrong with a published result, in a sentence; null when nothing is. With `keysListed` there is a
 * results-keys.yaml, so a key that it lacks is a stranger's.
 */
export function problemOf(
  { checks, signer, file }: Pick<Verification, 'checks' | 'signer' | 'file'>,
  keysListed: boolean,
): string | null {
  const wrong = checks.find((check) => !check.ok);
  if (wrong !== undefined) return checkWords(wrong, 'en');
  if (!keysListed || signer !== null) return null;
  return say('en', 'disputes', 'unlisted-key', { key: file?.publicKey ?? '' });
}
