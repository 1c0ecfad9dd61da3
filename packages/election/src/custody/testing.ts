/** For tests: the files of one election whose key officers hold, after a ceremony. */
import { headerJson, writeTranscript, type Header, type Post } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { toBase64Url } from '@elekto/wire';
import { writeOfficerKeys } from './read-officer-keys.ts';

/** What is changed of the files; null takes one away. */
export type Changes = Readonly<Record<string, string | null>>;

/** `officer-1` and so on: the file of the folder officers, under another login where one is given. */
export function officerFile(number: number, login = `officer-${number}`): string {
  const { sign, receive } = keyOf(number);
  return writeOfficerKeys({ login, sign: toBase64Url(sign), receive: toBase64Url(receive) });
}

/** An election `x` of January 2027 whose ceremony `keys/2026.json` so many officers have finished. */
export async function custodyTree(officers: number, threshold: number) {
  const numbers = Array.from({ length: officers }, (_, i) => i + 1);
  const header: Header = headerOf(officers, threshold);
  const posts: readonly Post[] = await runCeremony(header, numbers.map(keyOf));
  const finished = writeTranscript({ header, posts });
  const yaml = `name: Steering
start_datetime: 2027-01-01 00:00:00
end_datetime: 2027-01-31 23:59:00
no_winners: 1
election_officers: [${numbers.map((n) => `officer-${n}`).join(', ')}]
custody: keys/2026.json
`;
  const files: Record<string, string> = {
    'x/election.yaml': yaml,
    'x/voters.yaml': 'eligible_voters: [a]\n',
    'x/candidate-a.md': '---\nname: Ada\nID: a\n---\nBio\n',
    'keys/2026.json': finished,
    ...Object.fromEntries(numbers.map((n) => [`officers/officer-${n}.json`, officerFile(n)])),
  };
  return {
    header,
    posts,
    finished,
    yaml,
    opensAt: Date.UTC(2027, 0, 1),
    /** The custody file with a header that says something else, without a transcript. */
    withHeader: (more: Record<string, unknown>): string =>
      JSON.stringify({ header: { ...headerJson(header), ...more }, posts: [] }),
    /** All files below `elections`, with changes. */
    filesWith: (more: Changes) =>
      Object.entries({ ...files, ...more })
        .filter((entry): entry is [string, string] => entry[1] !== null)
        .map(([path, text]) => ({ path: `elections/${path}`, text })),
  };
}
