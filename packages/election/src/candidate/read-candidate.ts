import { LIMITS } from '../limits.ts';
import { cleanLogin, isPossibleLogin, sameLogin } from '../login.ts';
import type { Candidate, CandidateField, Diagnostic } from '../model.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { linesOf } from '../lines.ts';
import { inOrder, Report, respellKey, type LineEdit, type Place } from '../report.ts';
import { withinSize } from '../size.ts';
import { quoted, trimInvisible } from '../text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNothing, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/tree.ts';
import { candidateFileName } from './file-name.ts';
import { findHeader, splitOneLiners, type Header, type HeaderLine } from './header.ts';
import { readFields } from './fields.ts';
import { readEndorsedBy } from './endorsed-by.ts';
import { readWithdrawn } from './withdrawn.ts';

export interface CandidateReading {
  readonly candidate: Candidate | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly LineEdit[];
  /** Where the info block starts, for what is said about missing fields. */
  readonly infoPlace: Place;
}

const KEYS: ReadonlySet<string> = new Set(['name', 'id', 'info', 'withdrawn', 'endorsed_by', 'nominated_by']);
const DASHES = '-'.repeat(61);
const LAYOUT = `Start the file with a line of dashes, "name: ...", "ID: ...", and another line of dashes.`;

/**
 * Reads one candidate file. Either a candidate with name and ID, with warnings for what had to be
 * guessed, or null and an error at the line to change. The bio is complete in both cases' files.
 */
export function readCandidate(path: string, text: string): CandidateReading {
  const report = new Report(path);
  const none = (place: Place = { line: 1, column: 1 }): CandidateReading => ({
    candidate: null,
    diagnostics: inOrder(report.diagnostics),
    edits: report.edits,
    infoPlace: place,
  });
  if (!withinSize(text, LIMITS.candidate, report, 'Shorten it.', 'The candidate file')) return none();
  const lines = linesOf(text, report);
  const header = findHeader(lines);
  if ('missingAt' in header) {
    report.error(
      'candidate-header-missing',
      { line: header.missingAt + 1, column: 1 },
      'The file does not start with a header, so name and ID are unknown.',
      LAYOUT,
    );
    return none();
  }
  const long = header.lines.find((line) => line.text.length > LIMITS.headerLine);
  if (long) {
    report.error(
      'candidate-header-too-long',
      { line: long.line, column: 1 },
      `This line of the header is longer than ${LIMITS.headerLine} characters, so the header was not read.`,
      'Put long texts into the bio, below the header.',
    );
    return none();
  }
  reportShape(header, lines, report);
  const { own: entries, others } = readEntries(header, report);
  const headerPlace: Place = { line: (header.opening ?? (header.lines[0]?.line ?? 1) - 1) + 1, column: 1 };
  const name = readName(entries, headerPlace, report);
  const id = readId(entries, headerPlace, path, report);
  const info = entries.get('info');
  const fields: readonly CandidateField[] = [
    ...(info ? readFields(info.value, info.source, report) : []),
    ...readFields({ kind: 'map', place: headerPlace, entries: others }, '', report),
  ];
  const withdrawn = readWithdrawn(entries.get('withdrawn'), report);
  const endorsed = readEndorsedBy(entries, report);
  checkMisplaced(fields, info?.place ?? headerPlace, report);
  const infoPlace = info?.place ?? headerPlace;
  if (name === null || id === null) return none(infoPlace);
  const bio = [...header.preamble, ...lines.slice(header.bioStart)].join('\n');
  checkMarkdown(bio, 'The bio', { line: Math.min(header.bioStart + 1, lines.length), column: 1 }, report);
  return {
    candidate: { id, name, fields, ...(withdrawn ? { withdrawn } : {}), ...endorsed, bio, file: path },
    diagnostics: inOrder(report.diagnostics),
    edits: report.edits,
    infoPlace,
  };
}

/** A withdrawal that is written as a field would be shown and not be heeded. */
function checkMisplaced(fields: readonly CandidateField[], place: Place, report: Report): void {
  if (fields.some((field) => /^withdr[ae]wn?$/i.test(field.name)))
    report.warning(
      'candidate-withdrawn-misplaced',
      place,
      'A field says that the candidate has withdrawn; only the key of the header counts.',
      'Write "withdrawn: true", a date or the reason on a line of its own, above "info:".',
    );
}

function reportShape(header: Header, lines: readonly string[], report: Report): void {
  const start = header.lines[0]?.line ?? 1;
  const first = lines[start - 1] ?? '';
  if (header.opening === null)
    report.warning(
      'candidate-header-unopened',
      { line: start, column: 1 },
      'The line of dashes above the header is missing.',
      'Add a line of dashes above this one.',
      { line: start, lines: [DASHES, first] },
    );
  if (header.closing === null) {
    const last = Math.max(start, header.bioStart);
    const line = lines[last - 1] ?? '';
    report.warning(
      'candidate-header-unclosed',
      { line: last, column: 1 },
      'The line of dashes below the header is missing; the header was read up to here.',
      'Add a line of dashes below this one.',
      { line: last, lines: [line, DASHES] },
    );
  }
  for (const index of header.fences)
    report.warning(
      'candidate-header-fenced',
      { line: index + 1, column: 1 },
      'The header stands in a code fence.',
      'Remove this line.',
      { line: index + 1, lines: [] },
    );
  if (header.stray !== null)
    report.warning(
      'candidate-header-stray-line',
      { line: header.stray + 1, column: 1 },
      `This line of the header is not understood: ${quoted(lines[header.stray] ?? '')}.`,
      'Write "key: value", or move the text below the header.',
    );
}

interface HeaderEntries {
  readonly own: ReadonlyMap<string, YamlEntry>;
  /** Keys that belong below `info:`. */
  readonly others: readonly YamlEntry[];
}

/** The header's keys in lower case; of a key given twice the first one that says something. */
function readEntries(header: Header, report: Report): HeaderEntries {
  const { lines, split } = splitOneLiners(header.lines);
  if (split !== null) {
    const parts = lines.filter((line) => line.line === split).map((line) => line.text);
    report.warning(
      'candidate-header-one-line',
      { line: split, column: 1 },
      'Several keys of the header stand on one line; they were read one by one.',
      'Put "name:", "ID:" and "info:" on lines of their own.',
      { line: split, lines: parts },
    );
  }
  const placeOf = ({ line, column }: Place): Place => {
    const from = lines[line - 1] ?? lines.at(-1);
    return { line: from?.line ?? 1, column: column + (from?.shift ?? 0) };
  };
  const scanned = new Report(report.file);
  const root = readYaml(
    lines.map((line) => line.text),
    scanned,
    { keys: KEYS, placeOf },
  );
  if (root?.kind === 'map') {
    report.absorb(scanned.diagnostics, scanned.edits);
    return collect(root, lines, report);
  }
  const fallback = scan(lines);
  const readable = ['name', 'id'].every((key) => !isBlank(fallback.get(key)?.value));
  const refused = scanned.diagnostics.some(
    (d) => d.code === 'yaml-tag' || d.code === 'yaml-alias' || d.code === 'yaml-too-big',
  );
  if (refused) {
    report.absorb(scanned.diagnostics);
    return { own: new Map(), others: [] };
  }
  report.absorb(
    scanned.diagnostics.map((d) => (readable && d.severity === 'error' ? { ...d, severity: 'warning' } : d)),
  );
  return { own: fallback, others: [] };
}

function isBlank(node: YamlNode | undefined): boolean {
  return node === undefined || node.kind !== 'scalar' || node.text.trim() === '';
}

function collect(root: YamlMap, lines: readonly HeaderLine[], report: Report): HeaderEntries {
  const found = new Map<string, YamlEntry>();
  const others: YamlEntry[] = [];
  for (const entry of root.entries) {
    const key = entry.key.trim().toLowerCase();
    const canonical = key === 'id' ? 'ID' : key;
    if (!KEYS.has(key)) {
      report.warning(
        'candidate-unknown-key',
        entry.place,
        `The header's key ${quoted(entry.key)} is not known; it was read as a field.`,
        'Put further fields below "info:" as "  - key: value".',
      );
      others.push(entry);
      continue;
    }
    if (entry.key !== canonical) {
      const here = lines.filter((candidate) => candidate.line === entry.place.line);
      report.warning(
        'candidate-key-spelling',
        entry.place,
        `The key is spelled ${quoted(entry.key)}.`,
        `Write "${canonical}:".`,
        here[0] && here.length === 1
          ? respellKey(here[0].line, here[0].text, entry.key, canonical)
          : undefined,
      );
    }
    const before = found.get(key);
    if (before && !isBlank(before.value)) {
      report.warning(
        'candidate-duplicate-key',
        entry.place,
        `The key "${canonical}" stands here a second time; the first is used.`,
        'Remove one of them.',
      );
      continue;
    }
    found.set(key, entry);
  }
  return { own: found, others };
}

/** Reads a header that is not YAML line by line, so that no name is lost to a stray character below it. */
function scan(lines: readonly HeaderLine[]): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  const items: { name: string; value: string; place: Place }[] = [];
  for (const { text, line } of lines) {
    const own = /^(\s*["']?(name|id|info|withdrawn)["']?\s*:\s*)(.*)$/i.exec(text);
    if (own && !/^\s{2,}/.test(text)) {
      const key = (own[2] ?? '').toLowerCase();
      if (found.has(key)) continue;
      const place = { line, column: 1 };
      const valuePlace = { line, column: (own[1] ?? '').length + 1 };
      found.set(key, { key, place, value: scalar(unquote(own[3] ?? ''), valuePlace), source: own[3] ?? '' });
      continue;
    }
    const item = /^\s*(?:-\s*)?([A-Za-z][\w .-]*?)\s*:\s*(.*)$/.exec(text);
    if (item && found.has('info'))
      items.push({ name: item[1] ?? '', value: unquote(item[2] ?? ''), place: { line, column: 1 } });
  }
  const info = found.get('info');
  if (info && items.length > 0) {
    const value: YamlMap = {
      kind: 'map',
      place: info.place,
      entries: items.map((i) => ({
        key: i.name,
        place: i.place,
        value: scalar(i.value, i.place),
        source: i.value,
      })),
    };
    found.set('info', { ...info, value });
  }
  return found;
}

function scalar(text: string, place: Place): YamlNode {
  return { kind: 'scalar', place, text, plain: false, comment: '' };
}

function unquote(text: string): string {
  const trimmed = text.trim();
  return /^(["']).*\1$/.exec(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}

function readName(entries: ReadonlyMap<string, YamlEntry>, header: Place, report: Report): string | null {
  const entry = entries.get('name');
  if (!entry) {
    if (!report.hasErrors)
      report.error(
        'candidate-name-missing',
        header,
        'The header has no "name:".',
        'Add "name: " and the name to be shown on the ballot.',
      );
    return null;
  }
  const node = entry.value;
  // `name: ~` says nothing, `name: null` may well be somebody's name.
  const text = node.kind === 'scalar' ? trimInvisible(node.text) : trimInvisible(entry.source);
  if (text === '' || (isNothing(node) && text === '~')) {
    report.error(
      'candidate-name-missing',
      node.place.line ? node.place : entry.place,
      'The name is empty.',
      'Write the name to be shown on the ballot behind "name:".',
    );
    return null;
  }
  if (node.kind !== 'scalar')
    report.warning(
      'candidate-name-not-text',
      node.place,
      'The name is not plain text; it was read as written.',
      'Put it in quotation marks.',
    );
  else if (node.plain && node.comment)
    report.warning(
      'candidate-text-after-hash',
      node.place,
      `What follows the "#" is a comment and not part of the name: ${quoted(node.comment)}.`,
      'Put the name in quotation marks if the "#" belongs to it.',
    );
  if (/^(?:your name|full name|name|first ?name last ?name|\{.*\}|<.*>|\[?your name.*)$/i.test(text))
    report.warning(
      'candidate-placeholder',
      node.place,
      `The name ${quoted(text)} looks like the template's.`,
      'Write the name of the candidate.',
    );
  if ([...text].length > 120)
    report.warning(
      'candidate-name-long',
      node.place,
      'The name is longer than 120 characters.',
      'Shorten it; put the rest into the bio.',
    );
  return text;
}

function readId(
  entries: ReadonlyMap<string, YamlEntry>,
  header: Place,
  path: string,
  report: Report,
): string | null {
  const entry = entries.get('id');
  const { stem } = candidateFileName(path);
  const text = entry
    ? entry.value.kind === 'scalar'
      ? trimInvisible(entry.value.text)
      : trimInvisible(entry.source)
    : '';
  const place = entry ? (entry.value.place.line ? entry.value.place : entry.place) : header;
  if (text === '' || text === '~') {
    // An ID from the file's name is for a header that is whole; in a broken one the real one may be anywhere.
    if (report.hasErrors) return null;
    if (stem && isPossibleLogin(stem)) {
      report.warning(
        'candidate-id-missing',
        place,
        `The header has no ID; ${quoted(stem)} was taken from the file's name.`,
        `Write "ID: ${stem}".`,
      );
      return stem;
    }
    report.error(
      'candidate-id-missing',
      place,
      'The header has no ID.',
      'Write "ID: " and the login of the candidate.',
    );
    return null;
  }
  const id = cleanLogin(text);
  const pathLike = id === '' || id.startsWith('.') || /[/\\\ufffd]/.test(id) || id.length > 100;
  if (pathLike) {
    report.error(
      'candidate-id-invalid',
      place,
      `The ID ${quoted(text)} cannot be used.`,
      'Write the login of the candidate.',
    );
    return null;
  }
  if (id !== text) {
    // Quoting the decoration would only lead to this warning next.
    report.withdraw('yaml-unquoted', place);
    report.warning(
      'candidate-id-decorated',
      place,
      `The ID ${quoted(text)} was read as ${quoted(id)}.`,
      `Write "ID: ${id}".`,
      {
        line: place.line,
        lines: [`ID: ${id}`],
      },
    );
  } else if (!isPossibleLogin(id))
    report.warning(
      'candidate-id-not-login',
      place,
      `The ID ${quoted(id)} is not a login.`,
      'Write the login of the candidate.',
    );
  if (/^(?:githubid|github-id|yourgithubid|your-github-id|your-id)$/i.test(id)) {
    report.error(
      'candidate-placeholder',
      place,
      `The ID ${quoted(id)} is the template's.`,
      'Write the login of the candidate.',
    );
    return null;
  }
  if (stem && !sameLogin(stem, id))
    report.warning(
      'candidate-id-file-name',
      place,
      `The ID ${quoted(id)} differs from the file's name ${quoted(path.slice(path.lastIndexOf('/') + 1))}; the ID counts.`,
      `Rename the file to candidate-${id}.md.`,
    );
  return id;
}

/** Reads one candidate file: name and ID, or an error at the line to change. */
export function readCandidateFile(
  path: string,
  text: string,
): { candidate: Candidate | null; diagnostics: readonly Diagnostic[] } {
  const { candidate, diagnostics } = readCandidate(path, text);
  return { candidate, diagnostics };
}
