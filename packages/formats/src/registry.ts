import { abif } from './formats/abif.ts';
import { blt } from './formats/blt.ts';
import { caritat } from './formats/caritat.ts';
import { cef } from './formats/cef.ts';
import { civs } from './formats/civs.ts';
import { csv } from './formats/csv.ts';
import { cvr } from './formats/cvr.ts';
import { debian } from './formats/debian.ts';
import { json } from './formats/json.ts';
import { preflib } from './formats/preflib.ts';
import { yaml } from './formats/yaml.ts';
import type { BallotFormat, FormatName } from './model.ts';

/** Every format, in the order the documentation has them. */
export const FORMATS: readonly BallotFormat[] = [
  csv,
  json,
  yaml,
  blt,
  abif,
  cef,
  preflib,
  civs,
  debian,
  caritat,
  cvr,
];

/** The format of a name. */
export function formatNamed(name: FormatName): BallotFormat {
  return FORMATS.find((each) => each.name === name) as BallotFormat;
}

/** Extensions that say a format when one is written; what a file holds is told by its content alone. */
const EXTENSIONS: Readonly<Record<string, FormatName>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.blt': 'blt',
  '.abif': 'abif',
  '.cvotes': 'cef',
  '.cef': 'cef',
  '.soc': 'preflib',
  '.soi': 'preflib',
  '.toc': 'preflib',
  '.toi': 'preflib',
};

/** The format that files with an extension such as ".blt" are written in; null when it says none. */
export function formatOfExtension(extension: string): FormatName | null {
  const wanted = extension.toLowerCase();
  return Object.hasOwn(EXTENSIONS, wanted) ? (EXTENSIONS[wanted] as FormatName) : null;
}
