import { addVoters, foldLogin, readVoters, removeVoters } from '@elekto/election';
import { RollFileError } from '../files/problem.ts';

const HEAD = `# Who may vote, built from roll.yaml by "elekto roll build". A line that is added by hand is taken off by the next
# build: name the person in roll.yaml instead. roll-evidence.csv says why each is here.
eligible_voters:
`;

/** Logins of a voters.yaml. @throws RollFileError when it cannot be read. */
export function votersIn(file: string, text: string): readonly string[] {
  const { voters, readable } = readVoters(file, text);
  if (!readable) throw new RollFileError(`${file} cannot be read: "elekto lint" says why.`);
  return voters.map(({ login }) => login);
}

/**
 * The text of voters.yaml with these logins: of the old text everything stays but the lines of those who go, and those who
 * come. Without an old text they stand in the order given. Throws RollEditError when the old text cannot be edited.
 */
export function writeVoters(before: string | null, logins: readonly string[]): string {
  if (before === null) return addVoters(HEAD, logins).text;
  const wanted = new Set(logins.map((login) => foldLogin(login)));
  const { voters } = readVoters('voters.yaml', before);
  const gone = voters.filter(({ login }) => !wanted.has(foldLogin(login))).map(({ login }) => login);
  return addVoters(removeVoters(before, gone), logins).text;
}
