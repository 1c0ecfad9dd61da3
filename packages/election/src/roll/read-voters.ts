import { LIMITS } from '../limits.ts';
import {
  botIn,
  cleanLogin,
  foldLogin,
  isPossibleLogin,
  splitAccount,
  withAccount,
  type LoginRule,
} from '../login.ts';
import { linesOf } from '../lines.ts';
import type { RollEntry } from '../model.ts';
import { Report, type LineEdit } from '../report.ts';
import { quoted } from '../text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNothing, type YamlNode, type YamlScalar } from '../yaml/tree.ts';

export interface VotersReading {
  readonly voters: readonly RollEntry[];
  /** False when the file could not be read at all; its roll is then unknown, not empty. */
  readonly readable: boolean;
  readonly report: Report;
}

const KEYS: ReadonlySet<string> = new Set(['eligible_voters']);

/** Reads voters.yaml: `eligible_voters:` and a list of logins, or what people write instead. By `rule` one is on it once. */
export function readVoters(path: string, text: string, rule: LoginRule = {}): VotersReading {
  const report = new Report(path);
  const nothing = (readable: boolean): VotersReading => ({ voters: [], readable, report });
  if (text.length > LIMITS.votersYaml) {
    report.error(
      'voters-unreadable',
      { line: 0, column: 0 },
      'The voter roll is larger than 4 MiB and was not read.',
      'Split the election or shorten the file.',
    );
    return nothing(false);
  }
  const lines = linesOf(text, report);
  const root = readYaml(lines, report, { keys: KEYS });
  if (!root && report.hasErrors) return nothing(false);
  const list = root ? findList(root, lines, report) : { items: [], readable: true };
  if (!list.readable) return nothing(false);
  const voters = readItems(list.items, lines, report, rule);
  if (voters.length === 0)
    report.warning(
      'voters-empty',
      { line: root?.place.line ?? 1, column: 1 },
      'Nobody is on the voter roll.',
      'List the logins below "eligible_voters:".',
    );
  return { voters, readable: true, report };
}

function findList(
  root: YamlNode,
  lines: readonly string[],
  report: Report,
): { items: readonly YamlNode[]; readable: boolean } {
  if (root.kind === 'list') {
    const line = root.place.line;
    report.warning(
      'voters-no-key',
      root.place,
      'The list of voters has no key.',
      'Write "eligible_voters:" above it.',
      {
        line,
        lines: ['eligible_voters:', lines[line - 1] ?? ''],
      },
    );
    return { items: root.items, readable: true };
  }
  if (root.kind === 'scalar') {
    if (isNothing(root)) return { items: [], readable: true };
    report.error(
      'voters-unreadable',
      root.place,
      'The voter roll is not a list.',
      'Write "eligible_voters:" and one "- login" a line below it.',
    );
    return { items: [], readable: false };
  }
  const entries = root.entries.filter((entry) => /^eligible[_ -]?voters?$/i.test(entry.key.trim()));
  const entry = entries[0] ?? root.entries.find((other) => /^voters?$/i.test(other.key.trim()));
  for (const other of root.entries)
    if (other !== entry && !entries.includes(other))
      report.info(
        'voters-unknown-key',
        other.place,
        `The key ${quoted(other.key)} is not known and was not read.`,
        '',
      );
  if (!entry) {
    report.error(
      'voters-unreadable',
      root.place,
      'The file has no "eligible_voters:".',
      'Write "eligible_voters:" above the list of logins.',
    );
    return { items: [], readable: false };
  }
  if (entry.key !== 'eligible_voters')
    report.warning(
      'voters-key-spelling',
      entry.place,
      `The key is spelled ${quoted(entry.key)}.`,
      'Write "eligible_voters:".',
    );
  const items: YamlNode[] = [];
  for (const { value } of entries.length > 0 ? entries : [entry]) {
    if (value.kind === 'list') items.push(...value.items);
    else if (value.kind === 'scalar' && !isNothing(value)) {
      report.warning(
        'voters-not-a-list',
        value.place,
        'The voters are one text and not a list; it was split at commas and spaces.',
        'Write one "- login" a line.',
      );
      items.push(
        ...value.text
          .split(/[\s,;]+/)
          .filter(Boolean)
          .map((part): YamlScalar => ({ ...value, text: part })),
      );
    } else if (value.kind === 'map') {
      report.warning(
        'voters-not-a-list',
        value.place,
        'The voters are keys and not a list; the keys were read.',
        'Write "- login" on every line.',
      );
      items.push(
        ...value.entries.map((e): YamlScalar => ({
          kind: 'scalar',
          place: e.place,
          text: e.key,
          plain: true,
          comment: '',
        })),
      );
    }
  }
  if (entries.length > 1)
    report.warning(
      'voters-key-twice',
      entries[1]?.place ?? entry.place,
      '"eligible_voters:" stands here a second time; the lists were joined.',
      'Keep one list.',
    );
  return { items, readable: true };
}

function readItems(
  items: readonly YamlNode[],
  lines: readonly string[],
  report: Report,
  rule: LoginRule,
): RollEntry[] {
  const voters: RollEntry[] = [];
  const seen = new Map<string, number>();
  const owners = new Map<string, RollEntry>();
  for (const item of items.flatMap(spread)) {
    const { place } = item;
    if (item.kind !== 'scalar') {
      report.warning(
        'voters-entry-shape',
        place,
        'This entry is not a login and was left out.',
        'Write "- login".',
      );
      continue;
    }
    if (item.plain && (item.text === '' || item.text === '~')) {
      report.warning(
        'voters-entry-empty',
        place,
        'This entry is empty and was left out.',
        'Remove it.',
        removal(place.line, lines),
      );
      continue;
    }
    const { name, account } = splitAccount(item.text);
    const login = cleanLogin(name);
    if (isNothing(item))
      report.warning(
        'voters-null-login',
        place,
        `${quoted(item.text)} was read as the login of that name.`,
        'Remove it if nobody is meant; put it in quotation marks if somebody is.',
      );
    if (botIn(login) === 'sure') {
      report.warning(
        'voters-bot',
        place,
        `${quoted(login)} is a bot and was left out: it cannot sign in.`,
        'Remove it.',
      );
      continue;
    }
    if (login.includes('@')) {
      report.warning(
        'voters-email',
        place,
        `${quoted(login)} is an e-mail address and was left out.`,
        'Write the login.',
      );
      continue;
    }
    if (/^\d{4}-\d\d-\d\d\b/.test(item.text) && /\s/.test(item.text)) {
      report.warning(
        'voters-note',
        place,
        `${quoted(item.text)} is a note on the roll's history, and no login.`,
        `Write it as a comment: "# ${item.text}".`,
        asComment(place.line, lines, item.text),
      );
      continue;
    }
    if (!isPossibleLogin(login)) {
      report.warning(
        'voters-not-login',
        place,
        `${quoted(item.text)} is not a login and was left out.`,
        'Write the login, not the name; with the number of the account behind it if you know it: ada#1234.',
      );
      continue;
    }
    const folded = foldLogin(login, rule);
    const said = account === undefined ? {} : { account };
    const owner = account === undefined ? undefined : owners.get(account);
    if (owner !== undefined && foldLogin(owner.login, rule) !== folded) {
      report.error(
        'voters-account-twice',
        place,
        `The account ${account} stands already in line ${owner.line}, as ${quoted(owner.login)}; this line was left out.`,
        'Keep one line for each person.',
      );
      continue;
    }
    const at = seen.get(folded);
    const before = at === undefined ? undefined : voters[at];
    if (at !== undefined && before !== undefined) {
      if (account !== undefined && before.account !== undefined && before.account !== account) {
        report.error(
          'voters-two-accounts',
          place,
          `${quoted(login)} stands here with the account ${account}, and in line ${before.line} with ${before.account}, which was taken.`,
          'Keep the line with the right number: https://api.github.com/users/<login> tells it as "id".',
        );
        continue;
      }
      if (account !== undefined && before.account === undefined) {
        voters[at] = { ...before, account };
        owners.set(account, before);
      }
      const how = before.login === login ? '' : `, there spelled ${quoted(before.login)}`;
      report.warning(
        'voters-duplicate',
        place,
        `${quoted(login)} stands already in line ${before.line}${how}.`,
        'Remove this line.',
        // The line that says whose account it is stays.
        account === undefined || before.account !== undefined ? removal(place.line, lines) : undefined,
      );
      continue;
    }
    if (login !== name)
      report.warning(
        'voters-decorated',
        place,
        `${quoted(item.text)} was read as ${quoted(withAccount({ login, ...said }))}.`,
        `Write "- ${withAccount({ login, ...said })}".`,
        rewrite(place.line, lines, withAccount({ login, ...said })),
      );
    if (botIn(login) === 'likely')
      report.warning(
        'voters-bot',
        place,
        `${quoted(login)} looks like a bot.`,
        'Remove it unless a person signs in with it.',
      );
    if (voters.length >= LIMITS.voters) {
      report.error(
        'voters-too-many',
        place,
        `The roll holds more than ${LIMITS.voters} voters; the rest was left out.`,
        'Shorten the list.',
      );
      break;
    }
    const entry: RollEntry = { login, ...said, line: place.line };
    seen.set(folded, voters.length);
    if (account !== undefined) owners.set(account, entry);
    voters.push(entry);
  }
  return voters;
}

/** `- bob` in the wrong column continues the entry above (`alice - bob`): taken apart again. */
function spread(item: YamlNode): YamlNode[] {
  if (item.kind === 'list') return item.items.flatMap(spread);
  if (item.kind !== 'scalar' || !item.plain || !/\s-\s?\S/.test(item.text)) return [item];
  return item.text.split(/(?<!\s)\s+-\s*(?=\S)/).map((text, index) => ({
    ...item,
    text,
    place: { line: item.place.line + index, column: item.place.column },
  }));
}

/** Removes an entry that has a line of its own; its comment stays behind. */
function removal(line: number, lines: readonly string[]): LineEdit | undefined {
  const match = /^(\s*)-(?:\s+(?:"[^"]*"|'[^']*'|[^\s#]\S*))?\s*(#.*)?$/.exec(lines[line - 1] ?? '');
  if (!match) return undefined;
  return { line, lines: match[2] ? [`${match[1]}${match[2]}`] : [] };
}

/** Makes a comment of an entry that has a line of its own. */
function asComment(line: number, lines: readonly string[], text: string): LineEdit | undefined {
  const match = /^(\s*)-\s/.exec(lines[line - 1] ?? '');
  const isWhole = (lines[line - 1] ?? '').includes(text);
  return match && isWhole ? { line, lines: [`${match[1]}# ${text}`] } : undefined;
}

function rewrite(line: number, lines: readonly string[], login: string): LineEdit | undefined {
  const match = /^(\s*-\s+)(?:"[^"]*"|'[^']*'|\S+)(\s*(?:#.*)?)$/.exec(lines[line - 1] ?? '');
  return match ? { line, lines: [`${match[1]}${login}${match[2]}`] } : undefined;
}
