/**
 * Prepares a release: `node scripts/release.ts 0.2.0`. Sets the version in every package and writes what has changed since the
 * last tag into CHANGELOG.md, from the subjects of the commits, to be rewritten. Commits and tags nothing: it says the commands.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
/** The headings of Keep a Changelog, 1.1.0. What asks something of operators comes first. */
const PARTS = [
  ['Changed', (subject: Subject) => subject.breaking || subject.type === 'perf'],
  ['Added', (subject: Subject) => !subject.breaking && subject.type === 'feat'],
  ['Fixed', (subject: Subject) => !subject.breaking && subject.type === 'fix'],
] as const;

interface Subject {
  readonly type: string;
  readonly scope: string | null;
  readonly breaking: boolean;
  readonly text: string;
}

/** A conventional commit's subject (conventionalcommits.org, 1.0.0); null for another. */
function parseSubject(line: string): Subject | null {
  const [, type, scope, bang, text] = /^(\w+)(?:\(([^)]*)\))?(!)?: (.+)$/.exec(line) ?? [];
  if (type === undefined || text === undefined) return null;
  return { type, scope: scope ?? null, breaking: bang === '!', text };
}

/**
 * The section of CHANGELOG.md for `version`, as of `date` (YYYY-MM-DD), from subjects with the newest first: what somebody
 * rewrites for readers who do not know the code.
 */
export function changelogSection(version: string, date: string, lines: readonly string[]): string {
  const subjects = lines.map(parseSubject).filter((subject) => subject !== null);
  const parts = PARTS.flatMap(([title, belongs]) => {
    const items = subjects.filter(belongs).toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
    if (items.length === 0) return [];
    const texts = items.map(
      ({ scope, text, breaking }) =>
        `- ${breaking ? '**Needs attention.** ' : ''}${scope === null ? '' : `${scope}: `}${text}`,
    );
    return [`### ${title}\n\n${texts.join('\n')}\n`];
  });
  return `## ${version} - ${date}\n\n${parts.join('\n') || 'Nothing that is seen from outside.\n'}`;
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

/** Every package.json of the project. */
function manifests(): string[] {
  const folders = ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
  return [root, ...folders, join(root, 'site')]
    .map((folder) => join(folder, 'package.json'))
    .filter((file) => existsSync(file));
}

function prepare(version: string): void {
  const tags = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n').filter(Boolean);
  const range = tags[0] === undefined ? 'HEAD' : `${tags[0]}..HEAD`;
  const subjects = git('log', '--format=%s', range).split('\n');
  const file = join(root, 'CHANGELOG.md');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Changelog\n';
  if (before.includes(`## ${version} `)) throw new Error(`CHANGELOG.md has ${version} already`);
  const [head = '', ...older] = before.split(/^(?=## )/m);
  const section = changelogSection(version, new Date().toISOString().slice(0, 10), subjects);
  writeFileSync(
    file,
    [head.trimEnd(), section.trimEnd(), ...older.map((part) => part.trimEnd())].join('\n\n') + '\n',
  );
  for (const manifest of manifests()) {
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`));
  }
  process.stdout.write(
    `Read CHANGELOG.md and write anew, briefly, what it means for voters, officers and operators, then:\n  node scripts/base-images.ts\n  git commit --all --message "chore: release ${version}" && git tag --annotate v${version} --message v${version}\n`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [version = ''] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    throw new Error('give a version: node scripts/release.ts 0.2.0');
  prepare(version);
}
