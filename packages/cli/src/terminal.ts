/**
 * What this command shows. Files, servers and other people have a word in it, so it goes out by one door: none of them steers a
 * terminal or turns a line around. The rule of `eslint.config.js` names this file.
 */
import { STEERING } from '@elekto/election';

/** One line for a terminal: what would steer it (control characters, turns of the direction of writing) becomes U+FFFD. */
export const printable = (line: string): string => line.replace(STEERING, '\ufffd');

/** The same of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** Writes to standard output, for a person. */
export const writeOut = (text: string): void => void process.stdout.write(printableLines(text));

/** Writes to standard error, for a person. */
export const writeErr = (text: string): void => void process.stderr.write(printableLines(text));

/** Writes to standard output what a program or a file may take, JSON, CSV or Markdown: byte for byte, unless a terminal would show it. */
export const writeData = (text: string): void =>
  void process.stdout.write(process.stdout.isTTY ? printableLines(text) : text);

/** Shows on a terminal a line, as much of it as fits, that the next one takes the place of; an empty one takes it away. */
export function passing(line: string): void {
  if (!process.stderr.isTTY) return;
  const shown = printable(line).slice(0, (process.stderr.columns || 80) - 1);
  process.stderr.write(`\r\u001b[K${shown === '' ? '' : `${shown}\r`}`);
}

/** Takes everything off the screen of a terminal, and out of what can be scrolled back to. */
export function clearScreen(): void {
  if (process.stderr.isTTY) process.stderr.write('\u001B[2J\u001B[3J\u001B[H');
}
