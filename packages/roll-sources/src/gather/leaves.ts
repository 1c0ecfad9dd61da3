import {
  aliasesIn,
  codeownersIn,
  csvIn,
  fits,
  namedIn,
  ownersIn,
  rollIn,
  type Collector,
  type FilePlace,
  type Leaf,
} from '@elekto/roll';
import type { LocalFiles } from '../files/local-files.ts';
import type { Account, Forge } from '../forge.ts';
import { Clone } from '../git/clone.ts';

interface Sources {
  readonly forge: Forge;
  readonly clones: string | null;
}
interface Files {
  file(path: string): Promise<string>;
  paths(): Promise<readonly string[]>;
}

/** What one rule that counts no contributions finds. */
export async function readLeaf(
  leaf: Leaf,
  into: Collector,
  local: LocalFiles,
  sources: Sources,
): Promise<void> {
  const { source } = leaf;
  const accounts = (found: readonly Account[]): void => {
    for (const { login, bot } of found) {
      into.named(leaf, login);
      if (bot) into.bot(login);
    }
  };
  const named = (logins: readonly string[]): void => {
    for (const login of logins) into.named(leaf, login);
  };
  const open = async ({ repository }: FilePlace): Promise<Files> => {
    if (repository === null) return local;
    const clone = sources.clones === null ? null : await Clone.find(sources.clones, repository);
    const { forge } = sources;
    return clone ?? { file: (path) => forge.file(repository, path), paths: () => forge.paths(repository) };
  };
  switch (source.kind) {
    case 'contributions':
      return;
    case 'list':
      return named(source.logins);
    case 'organization':
      return accounts(await sources.forge.members(source.organization));
    case 'team':
      return accounts(await sources.forge.team(source.organization, source.team));
    case 'owners':
      return named(await owners(await open(source.place), source.place.file, source.roles));
  }
  const { file } = source.place;
  const text = await (await open(source.place)).file(file);
  switch (source.kind) {
    case 'named':
      return named(namedIn(file, text, source.at));
    case 'codeowners':
      return named(codeownersIn(text));
    case 'roll':
      return named(rollIn(file, text));
    case 'csv':
      for (const { login, count } of csvIn(file, text, source.column, source.count))
        into.named(leaf, login, count);
  }
}

async function owners(files: Files, pattern: string, roles: readonly string[]): Promise<readonly string[]> {
  const paths = await files.paths();
  const logins: string[] = [];
  const aliasFiles = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const path of paths.filter((each) => /(?:^|\/)OWNERS_ALIASES$/.test(each)))
    aliasFiles.set(path.slice(0, -'OWNERS_ALIASES'.length), aliasesIn(path, await files.file(path)));
  for (const path of paths.filter((each) => fits(pattern, each))) {
    // Aliases beside the file go before those at the top.
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const aliases = new Map([...(aliasFiles.get('') ?? []), ...(aliasFiles.get(folder) ?? [])]);
    logins.push(...ownersIn(path, await files.file(path), roles, aliases));
  }
  return logins;
}
