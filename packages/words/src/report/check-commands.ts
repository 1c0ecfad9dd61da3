/**
 * What checks a published result and counts it again, from its folder alone. For a shell in a checkout of Elekto; `folder` is the
 * path of the election's folder from there.
 */
export const checkCommands = (folder: string): readonly string[] =>
  ['verify', 'tally'].map((command) => called(command, folder));

/** The same check of the two files alone, as an officer has saved them in the folder of the checkout. */
export const checkFilesCommand = 'npm run --silent elekto -- verify ballots.csv results.json';

const called = (command: string, folder: string): string =>
  `npm run --silent elekto -- ${command} ${quoted(folder)}`;

/** A word of a shell: as it is when harmless, else in single quotes. */
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
