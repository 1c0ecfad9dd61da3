import { foldLogin, type LoginRule } from '../login.ts';
import { readVoters } from '../roll/read-voters.ts';
import { RollEditError } from './add-voters.ts';

/** An entry with a line of its own, with its comment. */
const ITEM = /^(\s*)-\s+(?:"[^"]*"|'[^']*'|[^\s#]\S*)\s*(#.*)?$/;

/**
 * Takes the lines of these logins out of the text of a voters.yaml and touches nothing else; a comment behind an entry stays,
 * on a line of its own. Who is not on the roll is passed over. Throws RollEditError when a login has no line of its own.
 */
export function removeVoters(text: string, logins: readonly string[], rule: LoginRule = {}): string {
  const fold = (login: string): string => foldLogin(login, rule);
  const { voters, readable } = readVoters('voters.yaml', text, rule);
  if (!readable) throw new RollEditError('voters.yaml cannot be read; repair it first.');
  const gone = new Set(logins.map(fold));
  const going = voters.filter(({ login }) => gone.has(fold(login)));
  if (going.length === 0) return text;
  const pieces = text.split(/(\r\n|\n|\r)/);
  for (const { login, line } of going) {
    const at = (line - 1) * 2;
    const match = ITEM.exec(pieces[at] ?? '');
    if (!match)
      throw new RollEditError(
        `"${login}" has no line of its own in voters.yaml; write one "- login" a line.`,
      );
    if (match[2]) pieces[at] = `${match[1]}${match[2]}`;
    else pieces.fill('', at, at + 2);
  }
  const result = pieces.join('');
  // Whoever stands there twice goes twice.
  if (result !== text && rollOf(result, rule).some(({ login }) => gone.has(fold(login))))
    return removeVoters(result, logins, rule);
  const after = readVoters('voters.yaml', result, rule);
  const known = new Set(after.voters.map(({ login }) => fold(login)));
  const stays = voters.filter(({ login }) => !gone.has(fold(login)));
  if (!after.readable || known.size !== stays.length || !stays.every(({ login }) => known.has(fold(login))))
    throw new RollEditError(
      'voters.yaml has a layout that cannot be edited by machine; write one "- login" a line.',
    );
  return result;
}

const rollOf = (text: string, rule: LoginRule) => readVoters('voters.yaml', text, rule).voters;
