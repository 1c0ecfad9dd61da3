import type { ElectionEntry } from '../../feeds/elections-json.ts';

/** The elections whose ballots are published, newest first, from the site's own open data. */
export async function publishedElections(): Promise<ElectionEntry[]> {
  const answer = await fetch('/elections.json');
  const { elections } = (await answer.json()) as { elections: ElectionEntry[] };
  return elections.filter((e) => e.results?.ballotsCsv).sort((a, b) => (a.closesAt < b.closesAt ? 1 : -1));
}

/** A published file of an election as text; null when there is none. */
export async function publishedFile(
  key: string,
  name: 'ballots.csv' | 'results.json',
): Promise<string | null> {
  const answer = await fetch(`/elections/${encodeURIComponent(key)}/${name}`);
  return answer.ok ? answer.text() : null;
}

/** The election that the address asks for. */
export function askedElection(): string | null {
  return new URLSearchParams(location.search).get('election');
}

/** A function from candidate id to name. */
export function namesOf(entry: ElectionEntry | undefined): (id: string) => string {
  const names = new Map(entry?.candidates.map((c) => [c.id as string, c.name]) ?? []);
  return (id) => names.get(id) ?? id;
}
