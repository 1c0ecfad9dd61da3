/** Whether another version is newer: both as semantic versions say it; what is none is newer than nothing. */
export function isNewer(other: string, own: string): boolean {
  const [theirs, ours] = [numbers(other), numbers(own)];
  if (theirs === null || ours === null) return false;
  const at = theirs.findIndex((number, index) => number !== ours[index]);
  return at !== -1 && (theirs[at] ?? 0) > (ours[at] ?? 0);
}

function numbers(version: string): readonly number[] | null {
  const found = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+][0-9A-Za-z.+-]{1,40})?$/.exec(version);
  return found === null ? null : found.slice(1).map(Number);
}
