/** Whether a text fits a pattern with `*` (anything but `/`) and `**` (anything). */
export function fits(pattern: string, text: string): boolean {
  const source = pattern
    .split(/(\*\*\/?|\*)/)
    .map((part) => {
      if (part === '*') return '[^/]*';
      if (part === '**/') return '(?:.*/)?';
      return part === '**' ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
    })
    .join('');
  return new RegExp(`^${source}$`, 'i').test(text);
}

/** Where the rule looks at a repository, and whether what is found there counts; null when it does not look. */
export function standingOf(
  rule: { readonly repositories: readonly string[]; readonly exceptRepositories: readonly string[] },
  repository: string,
): 'counts' | 'excluded' | null {
  if (!rule.repositories.some((pattern) => fits(pattern, repository))) return null;
  return rule.exceptRepositories.some((pattern) => fits(pattern, repository)) ? 'excluded' : 'counts';
}
