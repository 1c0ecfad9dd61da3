/**
 * The pages once more, as plain files that everybody on the machine may read: what a proxy shows while no server is
 * there. Each file is replaced by a rename, pages after what they load, so that a reader never sees half of one.
 */
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

import type { SiteFile, SiteFiles } from './site-files.ts';

/** Names what was written here before, so that nothing is ever removed that others have put beside it. */
const LIST = '.elekto-pages.json';

export class KeptPages {
  readonly #dir: string;
  /** Hash by name, of what this process has written. */
  readonly #written = new Map<string, string>();

  /** @param dir made when it is not there; a pathname */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Makes the directory hold this site, and nothing of those before it. Rejects when it cannot; pages that are there stay. */
  async keep(site: SiteFiles): Promise<void> {
    try {
      await this.#keep(site);
    } catch (error) {
      // What is on the disk by now nobody knows.
      this.#written.clear();
      throw error;
    }
  }

  async #keep(site: SiteFiles): Promise<void> {
    await this.#makeFolder(this.#dir);
    const files = new Map([...site.files].map(([url, file]) => [nameOf(url), file]));
    const before = await this.#listed();
    await this.#write(LIST, JSON.stringify([...new Set([...before, ...files.keys()])]));
    const pagesLast = [...files].sort(([, a], [, b]) => Number(isPage(a)) - Number(isPage(b)));
    for (const [name, file] of pagesLast) {
      if (this.#written.get(name) === file.hash) continue;
      const body = await readFile(file.path);
      await this.#write(name, isPage(file) ? withPolicy(body.toString('utf8'), file.policy) : body);
      this.#written.set(name, file.hash);
    }
    for (const name of before.filter((each) => !files.has(each))) {
      await rm(join(this.#dir, name), { force: true });
      this.#written.delete(name);
    }
    await this.#write(LIST, JSON.stringify([...files.keys()]));
  }

  async #listed(): Promise<string[]> {
    const text = await readFile(join(this.#dir, LIST), 'utf8').catch(() => '[]');
    try {
      const names = JSON.parse(text) as string[];
      // Only what lies in the directory, whoever wrote the list.
      return names.filter((name) => !relative(this.#dir, join(this.#dir, name)).startsWith('..'));
    } catch {
      return [];
    }
  }

  async #write(name: string, body: string | Buffer): Promise<void> {
    const path = join(this.#dir, name);
    const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
    await this.#makeFolder(dirname(path));
    try {
      await writeFile(draft, body);
      // Whatever the umask of a service is.
      await chmod(draft, 0o644);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async #makeFolder(path: string): Promise<void> {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
  }
}

const isPage = ({ type }: SiteFile): boolean => type.startsWith('text/html');

/** As proxies look for them: the page of an address that ends in a slash is the index of a folder. */
const nameOf = (url: string): string => (url.endsWith('/') ? `${url}index.html` : url).slice(1);

/** A proxy does not know the policy of each page, so the page brings its own; framing is the one part that it cannot. */
function withPolicy(html: string, policy: string): string {
  const own = policy
    .split('; ')
    .filter((part) => !part.startsWith('frame-ancestors'))
    .join('; ')
    .replaceAll('"', '&quot;');
  return html.replace(
    /^(?:[\s\S]*?<head[^>]*>|\s*<!doctype[^>]*>)?/i,
    (start) => `${start}<meta http-equiv="Content-Security-Policy" content="${own}">`,
  );
}
