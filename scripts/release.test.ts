import { expect, it } from 'vitest';

import { changelogSection } from './release.ts';

it('tells what is new, mended and faster, and first what needs attention; nothing of tests and the like', () => {
  const lines = [
    'feat(server)!: the port is another',
    'fix(tally): a tie is a tie',
    'test: more of them',
    'feat: a doctor',
    'not conventional',
    'perf(site): smaller pages',
  ];
  expect(changelogSection('1.2.3', '2027-01-02', lines)).toBe(`## 1.2.3 (2027-01-02)

### Changes that need attention

- server: the port is another

### New

- a doctor

### Mended

- tally: a tie is a tie

### Faster

- site: smaller pages
`);
});

it('says so when nothing is seen from outside', () => {
  expect(changelogSection('1.2.4', '2027-01-03', ['chore: tidy'])).toContain(
    'Nothing that is seen from outside.',
  );
});
