import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { changelogSection } from './release.ts';

it('tells what is changed, added and fixed under the usual headings, and first what needs attention; nothing of tests and the like', () => {
  const lines = [
    'perf(site): smaller pages',
    'feat(server)!: the port is another',
    'fix(tally): a tie is a tie',
    'test: more of them',
    'feat: a doctor',
    'not conventional',
  ];
  expect(changelogSection('1.2.3', '2027-01-02', lines)).toBe(`## 1.2.3 - 2027-01-02

### Changed

- **Needs attention.** server: the port is another
- site: smaller pages

### Added

- a doctor

### Fixed

- tally: a tie is a tie
`);
});

it('says so when nothing is seen from outside', () => {
  expect(changelogSection('1.2.4', '2027-01-03', ['chore: tidy'])).toContain(
    'Nothing that is seen from outside.',
  );
});

it('leaves no bare subject of a commit in CHANGELOG.md', () => {
  const file = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
  expect(file).toMatch(/^## \d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/m);
  const scopes = readdirSync(new URL('../packages', import.meta.url)).join('|');
  expect(file).not.toMatch(new RegExp(`^- (?:${scopes}|server|console|site|docs|scripts): `, 'm'));
});
