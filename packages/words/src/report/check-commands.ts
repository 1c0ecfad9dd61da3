/** How a published result is checked from a shell in a checkout of Elekto; paths are from there. */
type Check = 'verify' | 'tally';

export const checkCommand = (check: Check, ...paths: readonly string[]): string =>
  ['npm run --silent elekto --', check, ...paths.map(quoted)].join(' ');

/** What checks a result and counts it again, from its election's folder alone. */
export const checkCommands = (folder: string): readonly string[] => [
  checkCommand('verify', folder),
  checkCommand('tally', folder),
];

/** A word of a shell: as it is when harmless, else in single quotes. */
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
