import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isDefinitionName,
  LIMITS,
  mayBeMisnamed,
  misnamedCandidate,
  type Diagnostic,
} from '@elekto/election';

/** Deeper than people put a file by mistake. */
const DEEPEST = 3;
/** More than an election has of other files. */
const MOST_FILES = 500;

/** Files in and below folders of elections that have a candidate's header and are no candidates. */
export async function misnamedIn(folders: readonly string[]): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const folder of folders) {
    const budget = { left: MOST_FILES };
    for await (const { path, nested } of textsBelow(folder, 0, budget)) {
      const text = await readFile(path, 'utf8').catch(() => '');
      const problem = text.length > LIMITS.candidate ? null : misnamedCandidate(path, text, nested);
      if (problem) found.push(problem);
    }
  }
  return found;
}

async function* textsBelow(
  folder: string,
  depth: number,
  budget: { left: number },
): AsyncGenerator<{ path: string; nested: boolean }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  // An election of its own below this one is looked at as such.
  if (depth > 0 && entries.some(({ name }) => isDefinitionName(name))) return;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < DEEPEST && !entry.name.startsWith('.'))
      yield* textsBelow(path, depth + 1, budget);
    else if (entry.isFile() && mayBeMisnamed(path) && budget.left-- > 0) yield { path, nested: depth > 0 };
  }
}
