/** https alone, and nothing that names a user before the host: that is how a link pretends to lead elsewhere. */
const LINK = /https:\/\/[^\s<>"'`@]+/g;
const CLOSING = /[.,;:!?)\]}]+$/;

export interface TextPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly part: string;
  readonly isLink: boolean;
}

/** A text in pieces, in order and complete: what is an https address, without the punctuation behind it, and the rest. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const address = found.replace(CLOSING, '');
    if (!URL.canParse(address) || text[index + found.length] === '@') continue;
    if (index > from) parts.push({ at: from, part: text.slice(from, index), isLink: false });
    parts.push({ at: index, part: address, isLink: true });
    from = index + address.length;
  }
  if (from < text.length) parts.push({ at: from, part: text.slice(from), isLink: false });
  return parts;
}
