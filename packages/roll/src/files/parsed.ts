import {
  parseDocument,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  type YAMLParseError,
} from 'yaml';

/** YAML as a document or, where it is none, why, in a few words and with the line. */
export function parsed(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions,
): Document | string {
  try {
    const document = parseDocument(text, options);
    const [broken] = document.errors;
    return broken ? said(broken) : document;
  } catch (error) {
    // The parser calls itself for what is nested.
    if (error instanceof RangeError) return 'it is nested too deeply';
    throw error;
  }
}

function said({ message, linePos }: YAMLParseError): string {
  const [first = ''] = message.split(/ at line|\n/);
  return linePos ? `${first}, line ${linePos[0].line}` : first;
}
