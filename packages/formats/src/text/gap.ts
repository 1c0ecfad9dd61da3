import { BallotsFormatError } from '@elekto/tally';

/** Lines of a file that are missing in a text after one of its lines. */
export interface Gap {
  readonly after: number;
  readonly lines: number;
}

/** Does something with the text; places in its errors are those of the file. */
export function acrossGap<T>({ after, lines }: Gap, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof BallotsFormatError) || error.line <= after || lines === 0) throw error;
    throw new BallotsFormatError(error.line + lines, error.column, error.detail);
  }
}
