/** A failure the user can act on: its message alone goes to standard error and the exit status is 1. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Ends the program although something still runs that nobody waits for any more. */
  readonly atOnce: boolean;

  constructor(message: string, { atOnce = false } = {}) {
    super(message);
    this.atOnce = atOnce;
  }
}
