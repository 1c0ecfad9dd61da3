import { foldLogin, LIMITS, readVoters, type Election, type LoginRule } from '@elekto/election';
import type { Past } from '@elekto/metarepo';

export const ROLL_NAME = 'voters.yaml';

/**
 * How many people were on the roll at any time from the commit `pinned`, by which ballots were made, to the head: more ballots than
 * that there cannot be. Who has voted and leaves the roll keeps the ballot, so the roll of the head alone says too little; it is
 * the number that the server has in its own rows (`everOnRoll`) and gives as `eligible`. What stood in a proposal and never on the branch
 * itself does not count. `paths`: wherever the roll may lie or have lain.
 */
export async function electorsSince(
  past: Pick<Past, 'textsOf'>,
  paths: readonly string[],
  pinned: string,
  election: Pick<Election, 'voters'> & LoginRule,
): Promise<number> {
  const names = new Set(election.voters.map(({ login }) => foldLogin(login, election)));
  for (const path of paths)
    for (const { text, since } of await past.textsOf(path, pinned, LIMITS.votersYaml))
      for (const { login } of since === Infinity ? [] : readVoters(path, text, election).voters)
        names.add(foldLogin(login, election));
  return names.size;
}
