/** A file that a rule looks into is not what the rule says. The message names the file and what to do. */
export class RollFileError extends Error {
  override readonly name = 'RollFileError';
}
