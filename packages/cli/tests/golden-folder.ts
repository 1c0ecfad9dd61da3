/** The golden count by officers as a folder of a repository, and at an address. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const GOLDEN = fileURLToPath(new URL('../../protocol/tests/golden/3/', import.meta.url));
export const goldenResult = JSON.parse(readFileSync(join(GOLDEN, 'plain/results.json'), 'utf8')) as {
  manifestHash: string;
  publicKey: string;
  manifest: { names: Record<string, string> };
  board: { name: string; sha256: string }[];
};
export const GOLDEN_YAML = `name: Steering Committee “2027”
start_datetime: 2026-01-01 00:00:00
end_datetime: 2026-02-01 00:00:00
no_winners: 2
election_officers: [olga]
custody: keys/2027.json
`;

/** Writes the repository below `root`; the election's folder. */
export function writeGoldenFolder(root: string): string {
  const path = join(root, 'elections/plain');
  mkdirSync(join(root, 'elections/keys'), { recursive: true });
  cpSync(join(GOLDEN, 'plain'), path, { recursive: true });
  cpSync(join(GOLDEN, 'custody.json'), join(root, 'elections/keys/2027.json'));
  writeFileSync(join(path, 'election.yaml'), GOLDEN_YAML);
  writeFileSync(join(path, 'voters.yaml'), 'eligible_voters:\n  - ann\n');
  writeElection(path, goldenResult);
  return path;
}

/** Writes what stands in the repository of a count: who stands, and the hash of its box. */
export function writeElection(
  path: string,
  { board, manifestHash, manifest }: Pick<typeof goldenResult, 'board' | 'manifestHash' | 'manifest'>,
): void {
  writeFileSync(join(path, 'box.txt'), `sha256:${board[0]?.sha256 ?? ''} ${manifestHash}\n`);
  for (const [id, name] of Object.entries(manifest.names))
    writeFileSync(join(path, `candidate-${id}.md`), `---\nname: ${name}\nID: ${id}\n---\n`);
}
