/** A line for a terminal, which a text of a file must not steer: control characters become U+FFFD. */
export const printable = (line: string): string => line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');

/** The same of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n');

/** Writes to standard output what a server, another person or a file may have had a word in. */
export const writeOut = (text: string): void => void process.stdout.write(printableLines(text));
