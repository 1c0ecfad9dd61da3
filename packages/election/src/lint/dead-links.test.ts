import { describe, expect, it } from 'vitest';
import { readElection } from '../tree/read-election.ts';
import { deadLinks } from './dead-links.ts';

const YAML =
  'name: S\nstart_datetime: 2026-01-01 00:00:00\nend_datetime: 2026-01-31 23:59:59\nno_winners: 1\nelection_officers: [a]\n';

function lint(texts: Record<string, string>, isRepository = true): string[] {
  const all = { 'election.yaml': YAML, 'voters.yaml': '- a', ...texts };
  const files = Object.entries(all).map(([name, text]) => ({ path: `e/x/${name}`, text }));
  const there = new Set(['README.md', 'e/y', ...files.map(({ path }) => path)]);
  const surroundings = { isRepository, exists: (path: string) => there.has(path) };
  return deadLinks(readElection('e/x', 'e', files), files, surroundings).map(
    (d) => `${d.severity} ${d.code} ${d.file}:${d.line}:${d.column}`,
  );
}
const candidate = (bio: string) => `---\nname: Ada\nID: a\n---\n${bio}\n`;

describe('links that lead to nothing', () => {
  it('are told at their place in a bio, a description and a text of election.yaml', () => {
    expect(
      lint({
        'candidate-a.md': candidate('See [this](nowhere.md)\nand ![that](gone.png).'),
        'election_desc.md': '# D\n\n[a]: ../z/a.md\n',
        'election.yaml': `${YAML}eligibility: "[guide](guide.md)"\n`,
      }).sort(),
    ).toEqual([
      'warning link-dead e/x/candidate-a.md:5:12',
      'warning link-dead e/x/candidate-a.md:6:13',
      'warning link-dead e/x/election.yaml:6:23',
      'warning link-dead e/x/election_desc.md:3:6',
    ]);
  });

  it('are not those to files, folders, parts of the page, other hosts, and results that are to come', () => {
    const links = [
      '[a](../../README.md#top)',
      '[b](../y/)',
      '[c](#part)',
      '[d](https://a.example/x)',
      '[e](ballots.csv)',
      '[f](/README.md)',
      'www.a.example a@b.example',
      '`[g](code.md)`',
    ];
    expect(lint({ 'candidate-a.md': candidate(links.join('\n\n')) })).toEqual([]);
  });

  it('are not judged where they lead beyond what can be seen', () => {
    const bio = candidate('[a](/docs/x.md) [b](../../../x.md)');
    expect(lint({ 'candidate-a.md': bio }, false)).toEqual([]);
    expect(lint({ 'candidate-a.md': bio })).toEqual(['warning link-dead e/x/candidate-a.md:5:5']);
  });

  it('say to write the whole address where a host is meant', () => {
    const files = [
      { path: 'e/x/election.yaml', text: YAML },
      { path: 'e/x/candidate-a.md', text: candidate('[me](me.example.org/x)') },
    ];
    const [found] = deadLinks(readElection('e/x', 'e', files), files, {
      isRepository: true,
      exists: () => false,
    });
    expect(found?.hint).toContain('"https://me.example.org/x"');
  });
});
