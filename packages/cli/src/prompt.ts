import { createInterface, type Interface } from 'node:readline';

import { CliError } from './cli-error.ts';
import { writeErr } from './terminal.ts';

/** Questions at the terminal, or answered by lines of standard input. */
export interface Prompt {
  /** @throws CliError when no answer comes any more. */
  ask(question: string): Promise<string>;
  close(): void;
}

export function openPrompt(): Prompt {
  const lines: Interface = createInterface({ input: process.stdin, terminal: false });
  const waiting = lines[Symbol.asyncIterator]();
  return {
    async ask(question) {
      writeErr(question);
      const next = await waiting.next();
      if (next.done === true) throw new CliError('\nno answer came; nothing was written');
      return next.value.trim();
    },
    close: () => lines.close(),
  };
}
