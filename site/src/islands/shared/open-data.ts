import type { VerifyInput } from '@elekto/protocol/result';
import type { ElectionEntry } from '../../feeds/elections-json.ts';

/** The elections that a page has something to tell of, newest first, from the site's own open data. */
export async function electionsWhere(
  tellable: (election: ElectionEntry) => boolean,
): Promise<ElectionEntry[]> {
  const answer = await fetch('/elections.json');
  const { elections } = (await answer.json()) as { elections: ElectionEntry[] };
  return elections.filter(tellable).sort((a, b) => (a.closesAt < b.closesAt ? 1 : -1));
}

export interface PublishedFiles {
  /** Null when the officers kept the ballots. */
  readonly ballots: string | null;
  /** The signed result; null when the election has none. */
  readonly results: string | null;
}

/** The published files of an election, as text. @throws TypeError when they cannot be fetched. */
export async function publishedFiles(entry: ElectionEntry): Promise<PublishedFiles> {
  const fetched = async (name: string) => {
    const answer = await fetch(`/elections/${encodeURIComponent(entry.key)}/${name}`);
    if (!answer.ok) throw new TypeError(`${name}: ${answer.status}`);
    return answer.text();
  };
  const [ballots, results] = await Promise.all([
    entry.results?.ballotsCsv ? fetched('ballots.csv') : null,
    entry.results?.resultsJson ? fetched('results.json') : null,
  ]);
  return { ballots, results };
}

/** By whom a result must be signed: held here, by the server's key and no other; held elsewhere, by one that the organisation lists. */
export const signedBy = ({
  key,
  results,
}: Pick<ElectionEntry, 'key' | 'results'>): Pick<VerifyInput, 'folder' | 'publicKey' | 'knownKeys'> => ({
  folder: key,
  ...(results?.publicKey
    ? { publicKey: results.publicKey }
    : {
        knownKeys: (results?.trustedKeys ?? []).map(({ from, until, ...each }) => ({
          ...each,
          from: from === null ? null : Date.parse(from),
          until: until === null ? null : Date.parse(until),
          line: 0,
        })),
      }),
});

/** The election that the address asks for. */
export function askedElection(): string | null {
  return new URLSearchParams(location.search).get('election');
}

/** A function from candidate id to name. */
export function namesOf(entry: ElectionEntry | undefined): (id: string) => string {
  const names = new Map(entry?.candidates.map((c) => [c.id, c.name]) ?? []);
  return (id) => names.get(id) ?? id;
}
