/** Rendering Markdown is the slowest part of a build, and almost none of it changes from one to the next. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Rendered } from './bounded-render.ts';

export interface MarkdownCache {
  /** Begins a build: what the one before could not render in time is tried again. */
  begin(): void;
  /** HTML whose headings begin at level `top`. */
  render(markdown: string, top?: number): string;
  /** Writes what this build used and could render in time, and only that. */
  save(): Promise<void>;
}

/** Opens the cache file at `path`; a missing or damaged one is an empty one. `version` names the renderer. */
export async function openMarkdownCache(
  path: string,
  version: string,
  renderMarkdown: (markdown: string, top: number) => Rendered,
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
  /** Kept for this build only: another may have the time. */
  const late = new Map<string, string>();
  let changed = false;
  return {
    begin: () => late.clear(),
    render(markdown, top = 2) {
      if (markdown.trim() === '') return '';
      const key = createHash('sha256').update(`${top}\0${markdown}`).digest('base64url').slice(0, 22);
      const hit = used[key] ?? late.get(key) ?? known[key];
      if (hit !== undefined) {
        if (!late.has(key)) used[key] = hit;
        return hit;
      }
      const { html, inTime } = renderMarkdown(markdown, top);
      if (inTime) {
        changed = true;
        used[key] = html;
      } else late.set(key, html);
      return html;
    },
    async save() {
      if (!changed && Object.keys(used).length === Object.keys(known).length) return;
      await mkdir(dirname(path), { recursive: true });
      const draft = `${path}.${process.pid}`;
      try {
        await writeFile(draft, JSON.stringify({ version, pages: used }));
        await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}
