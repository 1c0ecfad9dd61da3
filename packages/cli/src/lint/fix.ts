import { writeFile } from 'node:fs/promises';
import { fixFile } from '@elekto/election';
import type { LintOptions } from './lint-paths.ts';
import { readTarget } from './target.ts';

/** Repairs the files below the paths in place; returns those that changed. */
export async function fixTargets(
  paths: readonly string[],
  options: LintOptions,
): Promise<readonly { path: string; repairs: number }[]> {
  const changed: { path: string; repairs: number }[] = [];
  for (const path of paths) {
    const target = await readTarget(path, options.electionsDir);
    const files: readonly { path: string; text: string; problems?: readonly unknown[] }[] =
      target.kind === 'file'
        ? [target]
        : target.files.map((file) => ({ ...file, path: target.shown(file.path) }));
    for (const file of files) {
      // Refused, or in another encoding: its bytes are not what was decoded.
      if ((file.problems ?? []).length > 0) continue;
      const { text, repairs } = fixFile(file.path, file.text, options);
      if (text === file.text) continue;
      await writeFile(file.path, text);
      changed.push({ path: file.path, repairs });
    }
  }
  return changed;
}
