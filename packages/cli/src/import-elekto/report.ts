import type { Plan, PlannedElection } from './plan.ts';

const FATES: Readonly<Record<PlannedElection['fate'], string>> = {
  result: 'result and who voted',
  'requests-only': 'nothing but requests',
  'left-out': 'LEFT OUT',
};

const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** What will be, or was, taken over. Names elections, never people. */
export function toReport(plan: Plan): string {
  const lines = [
    `The old database has schema ${plan.schema}, ${counted(plan.users.size, 'user')} and ${counted(plan.elections.length, 'election')}.`,
    'Accounts are known by login only; each is bound to the GitHub account that first signs in with it, and to none of another provider.',
    'Sign-in tokens, passcodes and the links from voters to ballots are not read.',
    '',
  ];
  const width = Math.max(0, ...plan.elections.map(({ key }) => key.length));
  for (const { key, fate, why, voters, ballots, requests, notes } of plan.elections) {
    const counts = [
      counted(voters.length, 'voter'),
      ...(fate === 'result' ? [counted(ballots.ballots.length, 'ballot')] : []),
      ...(requests.length > 0 && fate !== 'left-out' ? [counted(requests.length, 'exception request')] : []),
    ];
    lines.push(`${key.padEnd(width)}  ${FATES[fate]} (${why}); ${counts.join(', ')}`);
    for (const note of notes) lines.push(`${' '.repeat(width)}  note: ${note}`);
  }
  return `${lines.join('\n')}\n`;
}
