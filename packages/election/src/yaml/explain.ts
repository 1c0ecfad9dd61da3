import type { YAMLParseError } from 'yaml';
import { quoted } from '../text.ts';

/** Says in our words what the YAML parser refused, and what to do about it. */
export function explain(error: YAMLParseError | undefined, line: string): { message: string; hint: string } {
  const at = line.trim() ? ` at ${quoted(line)}` : '';
  switch (error?.code) {
    case 'BAD_INDENT':
    case 'BAD_COLLECTION_TYPE':
    case 'UNEXPECTED_TOKEN':
      return {
        message: `This is not valid YAML${at}: the line does not fit the ones around it.`,
        hint: 'Check the indentation, and put the value in quotation marks if it holds special characters.',
      };
    case 'TAB_AS_INDENT':
      return { message: `YAML does not allow tabs in indentation${at}.`, hint: 'Use spaces.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: `A value holds ": " and is not in quotation marks${at}.`,
        hint: 'Put the whole value in quotation marks.',
      };
    case 'BAD_SCALAR_START':
      return {
        message: `A value starts with a character that YAML reserves${at}.`,
        hint: 'Put the value in quotation marks.',
      };
    case 'BAD_ALIAS':
      return {
        message: `A YAML alias has no anchor${at}.`,
        hint: 'Put a value that starts with "*" in quotation marks.',
      };
    case 'MISSING_CHAR':
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        message: `This line is neither "key: value" nor part of the value above${at}.`,
        hint: 'Add the missing colon or quotation mark, or indent the line to continue the value above.',
      };
    default:
      return {
        message: `This is not valid YAML${at}.`,
        hint: 'Compare the file with the layout in the guide for administrators.',
      };
  }
}
