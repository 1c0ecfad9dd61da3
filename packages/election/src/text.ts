/** Control characters that no file of a meta repository has a use for (tab, line feed and carriage return excepted). */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Invisible characters that turn the direction of writing, as the inside of a character class (UTS 55, 2.1). */
export const DIRECTION = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;

/** One character by which a text would reach beyond its line or change how others are read: it breaks the line, controls, or turns. */
export const STEERING = new RegExp(String.raw`[\p{Cc}\p{Zl}\p{Zp}${DIRECTION}]`, 'gu');

/** Replaces control characters by U+FFFD, one for one, so that positions stay. */
export function neutralise(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}

/** Lines of a file without their ends (LF, CRLF or a lone CR) and without a byte order mark. */
export function splitLines(text: string): string[] {
  return neutralise(stripBom(text)).split(/\r\n|\n|\r/);
}

export function stripBom(text: string): string {
  return text.replace(/^\ufeff+/, '');
}

/** White space and invisible characters that get pasted along with names and logins. */
const INVISIBLE = '[\\s\\u00ad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2064\\ufeff]';
/** The look behind makes a run of white space inside cost its length, not the square of it. */
const EDGES = new RegExp(`^${INVISIBLE}+|(?<!${INVISIBLE})${INVISIBLE}+$`, 'gu');

/** Trims white space and invisible characters; the inside stays as written. */
export function trimInvisible(text: string): string {
  return text.replace(EDGES, '');
}

/** Shortens foreign text for a message and puts it in quotation marks. */
export function quoted(text: string): string {
  const flat = neutralise(text).replace(/\s+/gu, ' ').trim();
  const points = [...flat];
  return `"${points.length > 60 ? `${points.slice(0, 57).join('')}...` : flat}"`;
}
