import { foldLogin, LIMITS, readVoters, type Election, type LoginRule } from '@elekto/election';
import type { Past } from '@elekto/metarepo';

export const ROLL_NAME = 'voters.yaml';

/** People on the roll, each once. */
export const electorsIn = (election: Pick<Election, 'voters'> & LoginRule): Set<string> =>
  new Set(election.voters.map(({ login }) => foldLogin(login, election)));

/**
 * How many people were on the roll at any time from the commit `pinned`, by which ballots were made, to the end of voting: more ballots
 * than that there cannot be. Who has voted and leaves the roll keeps the ballot, so the roll of one commit alone says too little; it is
 * the number that the server has in its own rows (`everOnRoll`) and gives as `eligible`. What stood in a proposal and never on the branch
 * itself does not count, nor what came to the branch once voting had ended. `opened`: the election as that commit has it; `paths`: wherever
 * the roll may lie or have lain; `endsAt`: ms.
 */
export async function electorsSince(
  past: Pick<Past, 'textsOf'>,
  paths: readonly string[],
  pinned: string,
  opened: Pick<Election, 'voters'> & LoginRule,
  endsAt: number,
): Promise<number> {
  const names = electorsIn(opened);
  for (const path of paths)
    for (const { text, since } of await past.textsOf(path, pinned, LIMITS.votersYaml))
      for (const { login } of since >= endsAt ? [] : readVoters(path, text, opened).voters)
        names.add(foldLogin(login, opened));
  return names.size;
}
