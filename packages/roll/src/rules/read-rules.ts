import { foldLogin, nearestWord, readInstant, type Diagnostic } from '@elekto/election';
import { isMap, isNode, isScalar, LineCounter, visit, type Document } from 'yaml';
import { parsed } from '../files/parsed.ts';
import type { z } from 'zod';
import type { FilePlace, ForgeKind, Leaf, RollRules, Rule, Source, Window } from '../model.ts';
import { RULE_WORDS, rollShape, type RuleShape } from './shape.ts';

const APIS: Readonly<Record<ForgeKind, string>> = {
  github: 'https://api.github.com',
  gitea: 'https://codeberg.org/api/v1',
  gitlab: 'https://gitlab.com/api/v4',
};
const MOST_CHARACTERS = 256 * 1024;

export interface RulesReading {
  /** Null when there is an error. */
  readonly rules: RollRules | null;
  readonly diagnostics: readonly Diagnostic[];
}

type Path = readonly (string | number)[];

/**
 * Reads roll.yaml. Every problem has its line; one is enough for there to be no rules, since a roll by half of the rules
 * would leave people out unseen.
 */
export function readRules(file: string, text: string): RulesReading {
  const counter = new LineCounter();
  if (text.length > MOST_CHARACTERS)
    return failed(file, 0, 0, 'roll-unreadable', 'The file is larger than 256 KiB.', 'Shorten it.');
  const document = parsed(text, { lineCounter: counter, schema: 'core', logLevel: 'silent' });
  if (typeof document === 'string') {
    const { line, col } = counter.linePos(0);
    return failed(file, line, col, 'roll-unreadable', `This is not valid YAML: ${document}.`, '');
  }
  const problems: Diagnostic[] = [];
  const note = (path: Path, code: string, message: string, hint = ''): void => {
    const place = placeOf(document, counter, path);
    problems.push({ code, severity: 'error', file, ...place, message, hint });
  };
  let alias: string | null = null;
  visit(document, { Alias: (_, { source }) => ((alias = source), visit.BREAK) });
  if (alias !== null)
    return failed(
      file,
      1,
      1,
      'roll-alias',
      `An alias ("*${String(alias)}") stands for a rule.`,
      'Write it out.',
    );
  const plain: unknown = withTexts(document.toJS({ maxAliasCount: 100 }), document);
  const read = rollShape.safeParse(plain);
  if (!read.success) {
    // A misspelled word is the reason for whatever is said to be missing beside it.
    const issues = read.error.issues.filter(({ code, path }, _, all) => {
      const missing = valueAt(plain, path.map(String)) === undefined ? path.at(-1) : null;
      const parent = missing === null ? path : path.slice(0, -1);
      const unknown = all.flatMap((each) =>
        each.code === 'unrecognized_keys' && each.path.join() === parent.join() ? each.keys : [],
      );
      if (missing === null) return code !== 'custom' || unknown.length === 0;
      return !unknown.some((key) => nearestWord(key, [...KNOWN]) === missing);
    });
    for (const issue of issues.slice(0, 50)) tell(issue, plain, note);
    return { rules: null, diagnostics: inOrder(problems) };
  }
  const rules = new Builder(read.data.window, note).build(read.data);
  return { rules: problems.length > 0 ? null : rules, diagnostics: inOrder(problems) };
}

function failed(file: string, line: number, column: number, code: string, message: string, hint: string) {
  const diagnostic: Diagnostic = { code, severity: 'error', file, line, column, message, hint };
  return { rules: null, diagnostics: [diagnostic] };
}

const inOrder = (problems: readonly Diagnostic[]): readonly Diagnostic[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** Numbers where texts are meant (`249043822`, `007`) as they stand in the file. */
function withTexts(value: unknown, document: Document): unknown {
  const walk = (inner: unknown, path: Path): unknown => {
    if (Array.isArray(inner)) return inner.map((each, index) => walk(each, [...path, index]));
    if (typeof inner === 'object' && inner !== null)
      return Object.fromEntries(
        Object.entries(inner).map(([key, each]) => [key, walk(each, [...path, key])]),
      );
    const key = path.at(-1);
    const isNumber = key === 'at_least' || path.at(-2) === 'weights';
    if (isNumber || typeof inner === 'string') return inner;
    const node: unknown = document.getIn(path, true);
    const source = (node as { source?: unknown } | undefined)?.source;
    return typeof source === 'string' && source !== '' ? source : inner;
  };
  return walk(value, []);
}

function placeOf(document: Document, counter: LineCounter, path: Path): { line: number; column: number } {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    // Of a value in a map the place is that of its key.
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])
      : null;
    const node = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = counter.linePos(node.range[0]);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

/** What zod expects, in words of the file. */
const EXPECTED: Readonly<Record<string, string>> = {
  object: 'words with values ("word: value") are expected',
  array: 'a list is expected ("[a, b]")',
  number: 'a number is expected',
  string: 'a text is expected',
};

function tell(
  issue: z.core.$ZodIssue,
  plain: unknown,
  note: (path: Path, code: string, message: string, hint?: string) => void,
): void {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const near = nearestWord(key, [...KNOWN]);
      // A word that is known belongs to another place: it is no misspelling of itself.
      const hint =
        near === null || near === key ? 'docs/roll.md lists the words there are.' : `Did you mean "${near}"?`;
      const why = near === key ? 'does not belong here' : 'is not known here';
      note([...path, key], 'roll-unknown-word', `The word ${JSON.stringify(key)} ${why}.`, hint);
    }
    return;
  }
  const where =
    path.length > 0 ? `"${path.filter((part) => typeof part === 'string').at(-1) ?? path[0]}"` : 'The file';
  const hint = 'docs/roll.md shows the form.';
  const value = valueAt(plain, path);
  if (value === undefined || (value === null && path.length === 0)) {
    note(path, 'roll-wrong-value', `${where} is ${path.length > 0 ? 'missing' : 'empty'}.`, hint);
    return;
  }
  const why =
    (issue.code === 'invalid_type' ? EXPECTED[issue.expected] : null) ?? issue.message.replace(/\.$/, '');
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String);
    const near = typeof value === 'string' ? nearestWord(value, words) : null;
    const meant = near === null ? hint : `Did you mean "${near}"?`;
    const said = `${where} takes ${words.join(', ')}, and not ${JSON.stringify(value)?.slice(0, 60)}.`;
    note(path, 'roll-wrong-value', said, meant);
    return;
  }
  const told = typeof value === 'string' ? ` (${JSON.stringify(value.slice(0, 60))})` : '';
  note(path, 'roll-wrong-value', `${where} cannot be used${told}: ${why}.`, hint);
}

const valueAt = (plain: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (value as Readonly<Record<string | number, unknown>> | null)?.[part],
    plain,
  );

const KNOWN: ReadonlySet<string> = new Set([
  ...RULE_WORDS,
  ...['forge', 'api', 'window', 'who', 'except', 'bots', 'people', 'accounts', 'name', 'from', 'until'],
  ...[
    'repositories',
    'kinds',
    'weights',
    'at_least',
    'repository',
    'file',
    'files',
    'at',
    'roles',
    'column',
    'count',
  ],
]);

class Builder {
  readonly #shared: { readonly from: string; readonly until: string } | undefined;
  readonly #note: (path: Path, code: string, message: string, hint?: string) => void;

  constructor(
    shared: { readonly from: string; readonly until: string } | undefined,
    note: (path: Path, code: string, message: string, hint?: string) => void,
  ) {
    this.#shared = shared;
    this.#note = note;
  }

  build(file: z.infer<typeof rollShape>): RollRules {
    const kind = file.forge ?? 'github';
    const who = this.#rule(file.who as RuleShape, ['who']);
    const except = (file.except ?? []).map((each, index) => this.#rule(each as RuleShape, ['except', index]));
    return {
      forge: { kind, api: (file.api ?? APIS[kind]).replace(/\/+$/, '') },
      who: { ...who, except: [...who.except, ...except] },
      bots: new Set((file.bots ?? []).map((login) => foldLogin(login))),
      people: new Set((file.people ?? []).map((login) => foldLogin(login))),
      accounts: new Map(
        Object.entries(file.accounts ?? {}).map(([address, login]) => [address.toLowerCase(), login]),
      ),
    };
  }

  #rule(shape: RuleShape, path: Path): Rule {
    const id = path.reduce<string>(
      (id, part) => (typeof part === 'number' ? `${id}[${part}]` : id ? `${id}.${part}` : part),
      '',
    );
    const except = (shape.except ?? []).map((each, index) => this.#rule(each, [...path, 'except', index]));
    for (const join of ['any', 'all'] as const) {
      const parts = shape[join];
      if (parts)
        return {
          id,
          label: shape.name ?? join,
          except,
          join,
          of: parts.map((each, index) => this.#rule(each, [...path, join, index])),
        };
    }
    const source = this.#source(shape, path);
    return { id, label: shape.name ?? labelOf(source), except, source } satisfies Leaf;
  }

  #source(shape: RuleShape, path: Path): Source {
    const { contributions, organization, team, named, owners, codeowners, csv, roll } = shape;
    if (contributions)
      return {
        kind: 'contributions',
        repositories: contributions.repositories,
        exceptRepositories: contributions.except ?? [],
        kinds: contributions.kinds,
        weights: contributions.weights ?? {},
        atLeast: contributions.at_least,
        window: this.#window(contributions.window, [...path, 'contributions']),
      };
    if (organization !== undefined) return { kind: 'organization', organization };
    if (team !== undefined) {
      const at = team.indexOf('/');
      return { kind: 'team', organization: team.slice(0, at), team: team.slice(at + 1) };
    }
    if (named) return { kind: 'named', place: placeIn(named, named.file), at: named.at };
    if (owners)
      return {
        kind: 'owners',
        place: placeIn(owners, owners.files ?? '**/OWNERS'),
        roles: owners.roles ?? ['approvers', 'reviewers'],
      };
    if (codeowners)
      return { kind: 'codeowners', place: placeIn(codeowners, codeowners.file ?? 'CODEOWNERS') };
    if (csv) {
      if ((csv.count === undefined) !== (csv.at_least === undefined))
        this.#note(
          [...path, 'csv'],
          'roll-csv-half',
          '"count" and "at_least" belong together.',
          'Write both or neither.',
        );
      const count = csv.count ?? null;
      return {
        kind: 'csv',
        place: placeIn(csv, csv.file),
        column: csv.column,
        count,
        atLeast: csv.at_least ?? 1,
      };
    }
    if (roll) return { kind: 'roll', place: placeIn(roll, roll.file) };
    return { kind: 'list', logins: shape.list ?? [] };
  }

  #window(own: { from: string; until: string } | undefined, path: Path): Window {
    const written = own ?? this.#shared;
    const at = own ? [...path, 'window'] : this.#shared ? ['window'] : path;
    if (!written) {
      this.#note(
        at,
        'roll-no-window',
        'Nothing says from when to when contributions count.',
        'Write "window:" with "from:" and "until:".',
      );
      return { from: 0, until: 0 };
    }
    const from = readInstant(written.from, false);
    const until = readInstant(written.until, true);
    for (const [key, read] of [
      ['from', from],
      ['until', until],
    ] as const)
      if (!read.ok) this.#note([...at, key], 'roll-moment', `"${key}" ${read.why}.`, read.hint);
    const window = { from: from.ok ? from.at : 0, until: until.ok ? until.at : 0 };
    if (from.ok && until.ok && window.from > window.until)
      this.#note(
        [...at, 'until'],
        'roll-window-turned',
        'The window ends before it begins.',
        'Exchange "from" and "until".',
      );
    return window;
  }
}

const placeIn = (shape: { readonly repository?: string | undefined }, file: string): FilePlace => ({
  repository: shape.repository ?? null,
  file,
});

/** What the evidence calls a rule that has no name. */
function labelOf(source: Source): string {
  switch (source.kind) {
    case 'contributions':
      return source.kinds.join('+');
    case 'organization':
      return `organization ${source.organization}`;
    case 'team':
      return `team ${source.organization}/${source.team}`;
    case 'list':
      return 'list';
    default:
      return `${source.kind} ${source.place.file}`;
  }
}
