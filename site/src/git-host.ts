/* eslint elekto/words-in-catalogue: off -- the lines of a patch are for git */
/** The host that shows the repository: its page for a new file, and the same as a patch. */
import {
  hostKind,
  type NewFilePage,
  newFilePage as pageForNewFile,
  type RepositoryHost,
  type RepositoryPage,
} from '@elekto/election';

/** A repository's page on its host: of the kind that the server knows, or the host's name tells, or else GitHub's. */
export const repositoryPage = (url: string, host: RepositoryHost | null): RepositoryPage => ({
  url,
  host: host ?? hostKind(new URL(url).hostname) ?? 'github',
});

/** Where the files are. */
export interface SourceOfFiles {
  readonly sourceUrl: string;
  /** Null where only the name of the host can tell. */
  readonly host: RepositoryHost | null;
  readonly branch: string | null;
}

/** The host's page for a new file at `path`; null for a host without one. */
export const newFilePage = (
  { sourceUrl, host, branch }: SourceOfFiles,
  path: string,
  text: string,
): NewFilePage | null => pageForNewFile(repositoryPage(sourceUrl, host), branch, path, text);

/** A new file as a patch that `git apply` takes. */
export function newFilePatch(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  // git ends a name that holds white space with a tab.
  const end = /\s/.test(path) ? '\t' : '';
  return [
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${path}${end}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    ...(text.endsWith('\n') ? [] : ['\\ No newline at end of file']),
    '',
  ].join('\n');
}
