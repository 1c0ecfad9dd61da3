/** One line of `elekto doctor`. */
export interface Finding {
  readonly kind: 'well' | 'look' | 'wrong';
  /** What was looked at, in a word or two. */
  readonly what: string;
  /** What was found, and unless it is well what to do. */
  readonly told: string;
}

export const well = (what: string, told: string): Finding => ({ kind: 'well', what, told });
/** Worth a look; nobody is kept from voting. */
export const look = (what: string, told: string): Finding => ({ kind: 'look', what, told });
export const wrong = (what: string, told: string): Finding => ({ kind: 'wrong', what, told });

const MARKS = { well: 'ok   ', look: 'look ', wrong: 'WRONG' } as const;

export const lineOf = ({ kind, what, told }: Finding): string => `${MARKS[kind]} ${what}: ${told}`;
