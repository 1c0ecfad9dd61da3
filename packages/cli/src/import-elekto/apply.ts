import { notesIn, PROVIDER_NOTE } from '@elekto/ballot-box';
import type { BallotBox, Person } from '@elekto/ballot-box';
import { isUnclaimed, signIn, tables, unclaimedId } from '@elekto/db';
import type { Database } from '@elekto/db';
import { foldLogin } from '@elekto/election';

import { refused } from '../refused.ts';
import type { Installation } from '../with-installation.ts';
import type { Plan, PlannedElection } from './plan.ts';

const SOURCE = 'an older Elekto';

/** Writes the plan; lines about each election. What is there already stays, so it can be run again. */
export async function applyPlan(plan: Plan, { db, keys, box }: Installation): Promise<string[]> {
  const provider = (await notesIn({ db, keys }).read(PROVIDER_NOTE)).get(PROVIDER_NOTE);
  // What the older Elekto knew are logins of GitHub: elsewhere the same login may be somebody else's.
  const isGitHub = provider === undefined || provider.startsWith('github ');
  const people = await importPeople(db, plan, isGitHub);
  const lines: string[] = [];
  for (const planned of plan.elections) {
    if (planned.election === null || planned.fate === 'left-out') continue;
    if (planned.fate === 'result') lines.push(await importResult(plan, planned, people, box));
    const requests = await importRequests(plan, planned, people, box);
    if (requests > 0) lines.push(`${planned.key}: ${requests} exception requests imported`);
  }
  return lines;
}

/** Old user id to our person: with GitHub, an account that has signed in here with this login, else one that waits for it. */
async function importPeople(db: Database, plan: Plan, isGitHub: boolean): Promise<Map<number, Person>> {
  const rows = await db.read((em) =>
    tables(em).selectFrom('user_account').select(['id', 'account', 'login']).execute(),
  );
  const mine = rows.filter(({ account }) => isGitHub || isUnclaimed(account));
  const here = new Map(mine.map((row) => [foldLogin(row.login), row] as const));
  const people = new Map<number, Person>();
  for (const [id, login] of plan.users) {
    const known = here.get(foldLogin(login));
    people.set(
      id,
      known === undefined
        ? await signIn(db, { account: unclaimedId(login), login })
        : { userId: known.id, account: known.account, login: known.login },
    );
  }
  return people;
}

async function importResult(
  plan: Plan,
  { key, election, voters, ballots }: PlannedElection,
  people: ReadonlyMap<number, Person>,
  box: BallotBox,
): Promise<string> {
  if (election === null) throw new Error('a result without an election');
  const done = await box.importFinished(election, plan.commit, {
    ballots: ballots.ballots,
    voters: distinct(voters.flatMap((id) => people.get(id) ?? [])),
    source: SOURCE,
  });
  if (done.ok) return `${key}: imported, ${done.value}`;
  if (done.error.kind === 'conflict') return `${key}: is here already and stays as it is`;
  throw refused(done.error, `${key} stopped the import; what came before it stays. Run the command again.`);
}

/** Two old accounts may be one here: logins that differ in case only. */
const distinct = (people: readonly Person[]): Person[] => [
  ...new Map(people.map((person) => [person.userId, person] as const)).values(),
];

async function importRequests(
  plan: Plan,
  { election, requests }: PlannedElection,
  people: ReadonlyMap<number, Person>,
  box: BallotBox,
): Promise<number> {
  let made = 0;
  for (const request of requests) {
    const person = people.get(request.userId);
    const login = plan.users.get(request.userId);
    if (election === null || person === undefined || login === undefined) continue;
    const { name, email, reason, status, requestedAt } = request;
    const note =
      status === 'approved'
        ? 'Reviewed in the older Elekto; the login is on the voter roll.'
        : 'Reviewed in the older Elekto; the login is not on the voter roll.';
    const done = await box.importException(election, {
      person,
      login,
      name,
      email,
      reason,
      status,
      requestedAt,
      note,
    });
    if (done.ok && done.value) made += 1;
  }
  return made;
}
