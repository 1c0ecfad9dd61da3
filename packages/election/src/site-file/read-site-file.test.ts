import { describe, expect, it } from 'vitest';
import { organisationName } from '../common-organisation.ts';
import { NO_SITE, readSiteFile } from './read-site-file.ts';

const read = (text: string) => {
  const { site, report } = readSiteFile('elections/site.yaml', text);
  return { site, said: report.diagnostics.map((d) => `${d.severity} ${d.line} ${d.code}`) };
};

describe('site.yaml', () => {
  it('says whose pages they are', () => {
    expect(
      read('name: Hafen & Söhne\nurl: https://example.org\naccent: "#2A5bd7"\nlanguage: pt-br\n'),
    ).toEqual({
      site: { name: 'Hafen & Söhne', url: 'https://example.org/', accent: '#2A5bd7', language: 'pt-BR' },
      said: [],
    });
  });

  it.each(['', '# later\n', '~', 'name:\n', 'name: ~\n'])('may say nothing: %j', (text) => {
    expect(read(text)).toEqual({ site: NO_SITE, said: [] });
  });

  it.each([
    ['name: <script>alert(1)</script>'],
    [`name: ${'x'.repeat(7_900)}`],
    [`name: >${'\n  a long name'.repeat(800)}`],
    ['name: |\n  two\n  lines'],
    ['name: "Harbour\\u202e sruoH"'],
    ['name: "=HYPERLINK(1)"'],
    ['name: [Harbour]'],
    ['name: {en: Harbour}'],
    ['name: ""'],
    ['accent: teal'],
    ['accent: #0b6b62'],
    ['accent: "#0b6b62;}body{display:none"'],
    ['url: javascript:alert(1)'],
    ['url: https://ada:secret@example.org'],
    ['url: example.org'],
    ['language: English (UK)'],
  ])('does not use %.40j, and says so', (line) => {
    const { site, said } = read(`${line}\n`);
    expect(site).toEqual(NO_SITE);
    expect(said).toEqual(['error 1 site-value']);
  });

  it('uses what is right beside what is wrong', () => {
    expect(read('name: Harbour\naccent: 7\nlogo: wave.svg\n')).toEqual({
      site: { ...NO_SITE, name: 'Harbour' },
      said: ['error 2 site-value', 'warning 3 field-unknown'],
    });
  });

  it('uses neither of two names', () => {
    expect(read('name: Harbour\nname: Quay\nname: Pier\n').site).toEqual(NO_SITE);
  });

  it.each([
    ['- Harbour', 'site-shape'],
    ['Harbour', 'site-shape'],
    ['[', 'yaml-invalid'],
    ['name: !!js/function x', 'yaml-tag'],
    ['x'.repeat(17_000), 'file-too-big'],
  ])('uses nothing of a file that is something else: %.20s', (text, code) => {
    const { site, said } = read(text);
    expect(site).toEqual(NO_SITE);
    expect(said.some((each) => each.startsWith('error') && each.endsWith(code))).toBe(true);
  });

  it('goes before what the elections call it', () => {
    const elections = [{ organization: 'Kubernetes', closesAt: 1 }];
    expect(organisationName({ ...NO_SITE, name: 'The Kubernetes Project' }, elections)).toBe(
      'The Kubernetes Project',
    );
    expect(organisationName(NO_SITE, elections)).toBe('Kubernetes');
    expect(organisationName(NO_SITE, [])).toBe('Elekto');
  });
});
