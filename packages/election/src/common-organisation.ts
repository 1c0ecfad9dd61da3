import { foldFieldValue } from './candidate/field-value.ts';
import type { Election, SiteFile } from './model.ts';
import { trimInvisible } from './text.ts';

/**
 * Whose elections these are: the `organization` that more than half of those who name one have in common, spelled as the
 * last of them spells it; null where there is none. Spellings are compared by `foldFieldValue`.
 */
export function commonOrganisation(
  elections: readonly Pick<Election, 'organization' | 'closesAt'>[],
): string | null {
  const named = elections
    .map(({ organization, closesAt }) => ({ name: trimInvisible(organization), closesAt }))
    .filter(({ name }) => name !== '');
  for (const [, same] of Map.groupBy(named, ({ name }) => foldFieldValue(name))) {
    if (same.length * 2 > named.length)
      return same.reduce((a, b) => (b.closesAt > a.closesAt ? b : a)).name.replace(/\s+/gu, ' ');
  }
  return null;
}

/** The name on the pages: that of site.yaml, or else what the elections have in common, or else the software's. */
export function organisationName(
  site: SiteFile,
  elections: readonly Pick<Election, 'organization' | 'closesAt'>[],
): string {
  return site.name ?? commonOrganisation(elections) ?? 'Elekto';
}
