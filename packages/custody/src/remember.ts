import { hashOf } from '@elekto/wire';

/**
 * A check of public bytes that depends on nothing else, and is asked about the same ones at every look: what it has found
 * valid is not computed again. Kept is the hash of all its parts, of the newest `most`; what is not valid is looked at each
 * time, so nobody pushes anything out by it.
 */
export function remembering(
  most: number,
  check: (...parts: Uint8Array[]) => boolean,
): (...parts: Uint8Array[]) => boolean {
  const valid = new Set<string>();
  return (...parts) => {
    const hash = hashOf('elekto/remembered/1', ...parts);
    if (valid.has(hash)) return true;
    if (!check(...parts)) return false;
    valid.add(hash);
    for (const oldest of valid) {
      if (valid.size <= most) break;
      valid.delete(oldest);
    }
    return true;
  };
}
