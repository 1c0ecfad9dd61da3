/**
 * The import rule in pages and components: dependency-cruiser reads no `.astro`, so that each import there is held
 * against the same `.dependency-cruiser.cjs` here. Run by `npm run lint`.
 */
import { globSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { parse } from '@astrojs/compiler-rs';

const root = join(import.meta.dirname, '..');

interface End {
  readonly path?: string;
  readonly pathNot?: string | readonly string[];
}

/** As much of dependency-cruiser's rules as ours say; {@link readRules} throws at a rule that says more. */
export interface Rule {
  readonly name: string;
  readonly comment?: string;
  readonly from: End;
  readonly to: End & { readonly dependencyTypesNot?: readonly string[] };
}

export interface AstroImport {
  readonly specifier: string;
  readonly isType: boolean;
}

/** The rules of `.dependency-cruiser.cjs` but for the one of cycles: no code imports a page. */
export function readRules(): readonly Rule[] {
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { forbidden: Rule[] };
  const known = new Set(['path', 'pathNot', 'dependencyTypesNot']);
  const rules = forbidden.filter(({ to }) => !('circular' in to));
  for (const { name, from, to } of rules)
    for (const key of [...Object.keys(from), ...Object.keys(to)])
      if (!known.has(key))
        throw new Error(
          `The rule "${name}" says "${key}", which is not checked in .astro files: teach it to astro-imports.ts`,
        );
  return rules;
}

/** Every import and re-export of an `.astro` source: of its frontmatter, its markup and its scripts. Throws when it does not parse. */
export function readImports(source: string): readonly AstroImport[] {
  const { ast, diagnostics } = parse(source);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) throw new Error(error.text);
  const found: AstroImport[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, source: from, importKind, exportKind } = node as Record<string, unknown>;
    const specifier = (from as { value?: unknown } | null | undefined)?.value;
    if (/^(Import|Export|TSImport)/.test(String(type)) && typeof specifier === 'string')
      found.push({
        specifier,
        isType: type === 'TSImportType' || importKind === 'type' || exportKind === 'type',
      });
    Object.values(node).forEach(visit);
  };
  visit(ast);
  return found;
}

const matches = (path: string, pattern: string | readonly string[] | undefined, groups: readonly string[]) =>
  [pattern ?? []]
    .flat()
    .some((one) => new RegExp(one.replace(/\$(\d)/g, (_, n: string) => groups[Number(n)] ?? '')).test(path));

/**
 * The rules that `from` breaks by importing `to`: both are paths from the checkout's root, with forward slashes.
 */
export function brokenRules(
  rules: readonly Rule[],
  from: string,
  to: string,
  isType: boolean,
): readonly Rule[] {
  return rules.filter((rule) => {
    const groups = rule.from.path === undefined ? [] : new RegExp(rule.from.path).exec(from);
    if (groups === null || matches(from, rule.from.pathNot, [])) return false;
    if (rule.to.path !== undefined && !matches(to, rule.to.path, groups)) return false;
    return (
      !matches(to, rule.to.pathNot, groups) && !(isType && rule.to.dependencyTypesNot?.includes('type-only'))
    );
  });
}

/**
 * What is wrong with the imports of one `.astro` file, a line each.
 * @param file - its path from the checkout's root, whether or not it is there: imports are resolved from it
 */
export function checkImports(rules: readonly Rule[], file: string, source: string): readonly string[] {
  const { resolve } = createRequire(join(root, file));
  return readImports(source).flatMap(({ specifier, isType }) => {
    if (isBuiltin(specifier) || !/^(\.|@elekto\/)/.test(specifier)) return [];
    let to: string;
    try {
      to = relative(root, resolve(specifier.replace(/\?.*$/, ''))).replaceAll('\\', '/');
    } catch {
      return [`${file}: "${specifier}" leads to no file`];
    }
    return brokenRules(rules, file, to, isType).map(
      ({ name, comment }) => `${file} -> ${to}: ${name}${comment === undefined ? '' : ` (${comment})`}`,
    );
  });
}

/** Every `.astro` file of the project, as paths from the checkout's root. */
export function astroFiles(): readonly string[] {
  return globSync('site/{src,tests}/**/*.astro', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
}

if (import.meta.main) {
  const rules = readRules();
  const files = astroFiles();
  const wrong = files.flatMap((file) => checkImports(rules, file, readFileSync(join(root, file), 'utf8')));
  for (const line of wrong) process.stderr.write(`${line}\n`);
  if (files.length === 0) process.stderr.write('No .astro file was found where the site keeps them.\n');
  process.exitCode = wrong.length > 0 || files.length === 0 ? 1 : 0;
}
