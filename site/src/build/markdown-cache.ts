/** Rendering Markdown is the slowest part of a build, and almost none of it changes from one to the next. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface MarkdownCache {
  /** HTML whose headings begin at level `top`. */
  render(markdown: string, top?: number): string;
  /** Writes what this build used, and only that. */
  save(): Promise<void>;
}

/** Opens the cache file at `path`; a missing or damaged one is an empty one. `version` names the renderer. */
export async function openMarkdownCache(
  path: string,
  version: string,
  renderMarkdown: (markdown: string, top: number) => string,
): Promise<MarkdownCache> {
  let known: Record<string, string> = {};
  try {
    const file = JSON.parse(await readFile(path, 'utf8')) as {
      version: string;
      pages: Record<string, string>;
    };
    if (file.version === version) known = file.pages;
  } catch {
    // The first build, or a file that an earlier build could not finish.
  }
  const used: Record<string, string> = Object.create(null) as Record<string, string>;
  let changed = false;
  return {
    render(markdown, top = 2) {
      if (markdown.trim() === '') return '';
      const key = createHash('sha256').update(`${top}\0${markdown}`).digest('base64url').slice(0, 22);
      const hit = used[key] ?? known[key];
      changed ||= hit === undefined;
      return (used[key] = hit ?? renderMarkdown(markdown, top));
    },
    async save() {
      if (!changed && Object.keys(used).length === Object.keys(known).length) return;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.${process.pid}`, JSON.stringify({ version, pages: used }));
      await rename(`${path}.${process.pid}`, path);
    },
  };
}
