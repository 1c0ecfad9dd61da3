/** An election.yaml that lints clean. */
export function definition(name: string): string {
  return [
    `name: ${name}`,
    'organization: Example',
    'start_datetime: 2026-09-01 00:00:01',
    'end_datetime: 2026-09-27 23:59:00',
    'no_winners: 1',
    'election_officers:',
    '  - linus',
    '',
  ].join('\n');
}

const DASHES = '-'.repeat(61);

function candidate(id: string, name: string): string {
  return `${DASHES}\nname: ${name}\nID: ${id}\n${DASHES}\n\nA bio.\n`;
}

/** The files of an election folder below `elections/`. */
export function election(folder: string, name: string): Record<string, string> {
  const at = `elections/${folder}`;
  return {
    [`${at}/election.yaml`]: definition(name),
    [`${at}/voters.yaml`]: 'eligible_voters:\n  - ada\n  - grace\n',
    [`${at}/candidate-ada.md`]: candidate('ada', 'Ada Lovelace'),
    [`${at}/candidate-grace.md`]: candidate('grace', 'Grace Hopper'),
  };
}
