/** The officers whom an election.yaml names, also where the rest of it is no YAML. */
import type { LoginRule } from '../login.ts';
import type { Offices } from '../model.ts';
import { Report } from '../report.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { readOfficers } from './fields.ts';

const KEY = /^election_officers\s*:/i;
/** What still belongs to the list: its entries, what is indented, comments and empty lines. */
const REST = /^(?:\s|-|#|$)/;

/** From the lines of that list alone. Null where they name nobody; what is wrong with the file is not told here. */
export function officesIn(lines: readonly string[], rule: LoginRule): Offices | null {
  const from = lines.findIndex((line) => KEY.test(line));
  if (from < 0) return null;
  const length = lines.slice(from + 1).findIndex((line) => !REST.test(line));
  const own = lines.slice(from, length < 0 ? undefined : from + 1 + length);
  const report = new Report('');
  const root = readYaml(own, report, { keys: new Set(['election_officers']) });
  if (root?.kind !== 'map') return null;
  const entries = new Map(root.entries.map((entry) => [entry.key.toLowerCase(), entry]));
  const offices = readOfficers({ entries, report, rule });
  return offices.officers.length === 0 ? null : offices;
}
