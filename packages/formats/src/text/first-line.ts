const SEPARATOR = /^"?sep=(.)"?$/i;

/** What stands between the cells, when the first line says so, as Excel writes and reads it: `sep=;`. Null when it does not. */
export function separatorIn(line: string | undefined): string | null {
  return SEPARATOR.exec(line?.replace(/ +$/, '') ?? '')?.[1] ?? null;
}

/** Takes the first line out of a text that comes in pieces of bytes. */
export class FirstLineOut {
  #state: 'line' | 'after CR' | 'done' = 'line';

  /** What is left of a piece. */
  rest(piece: Uint8Array): Uint8Array {
    let at = 0;
    while (this.#state !== 'done' && at < piece.length) {
      const byte = piece[at] as number;
      if (this.#state === 'after CR') {
        this.#state = 'done';
        if (byte === 0x0a) at++;
      } else {
        at++;
        if (byte === 0x0d) this.#state = 'after CR';
        if (byte === 0x0a) this.#state = 'done';
      }
    }
    return piece.subarray(at);
  }
}

/** The lines of a head, those together that a cell in quotes spans, as the names of columns in forms do. */
export function wholeLines(lines: readonly string[]): string[] {
  const whole: string[] = [];
  let open = '';
  for (const line of lines) {
    const text = open === '' ? line : `${open}\n${line}`;
    open = text.split('"').length % 2 === 0 && text.split('\n').length < 20 ? text : '';
    if (open === '') whole.push(text);
  }
  return open === '' ? whole : [...whole, open];
}
