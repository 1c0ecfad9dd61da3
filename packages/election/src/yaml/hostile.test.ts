import { describe, expect, it } from 'vitest';
import { readDefinition } from '../definition/read-definition.ts';
import { readElection } from '../tree/read-election.ts';

const BASE =
  'name: x\nstart_datetime: 2026-01-01\nend_datetime: 2026-02-01\nno_winners: 1\nelection_officers: [a]\n';
const codes = (text: string): string[] =>
  readDefinition('election.yaml', text)
    .report.diagnostics.filter((d) => d.severity === 'error')
    .map((d) => d.code);

describe('hostile YAML', () => {
  it.each([
    ['a Python object', 'x: !!python/object/apply:os.system ["id"]\n'],
    ['a standard tag', 'x: !!str 1\n'],
    ['a local tag', 'x: !thing 1\n'],
    ['a tag on a key', '!!str x: 1\n'],
    ['a tag on a list', 'x: !!set [1]\n'],
  ])('is refused with %s', (_, more) => {
    expect(readDefinition('election.yaml', BASE + more).definition).toBeNull();
    expect(codes(BASE + more)).toEqual(['yaml-tag']);
  });

  it('is refused as a bomb of aliases, without expanding it', () => {
    let bomb = 'a0: &a0 [x,x,x,x,x,x,x,x,x]\n';
    for (let level = 1; level < 12; level++)
      bomb += `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(',')}]\n`;
    expect(readDefinition('election.yaml', BASE + bomb).definition).toBeNull();
    expect(codes(BASE + bomb)).toEqual(['yaml-alias']);
  });

  it('is refused as a circle of aliases', () => {
    expect(codes(`${BASE}x: &x [*x]\n`)).toEqual(['yaml-alias']);
    expect(codes(`${BASE}x: *nowhere\n`)).toEqual(['yaml-alias']);
  });

  it('follows the few aliases people use', () => {
    expect(
      readDefinition('election.yaml', `${BASE}x: &due 2026-01-20\nexception_due: *due\n`).definition
        ?.exceptionsDueAt,
    ).toBe(Date.UTC(2026, 0, 20, 23, 59, 59));
  });

  it.each([
    ['brackets', `x: ${'['.repeat(50_000)}`],
    ['closed brackets', `x: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['braces', `x: ${'{a: '.repeat(20_000)}`],
    ['dashes', `x:\n${'- '.repeat(50_000)}a`],
    ['question marks', `${'? '.repeat(50_000)}a`],
    ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('is refused when nested too deeply by %s', (_, more) => {
    expect(readDefinition('election.yaml', `${BASE}${more}\n`).definition).toBeNull();
    expect(codes(`${BASE}${more}\n`)).toEqual(['yaml-too-big']);
  });

  it('is refused unread beyond its size', () => {
    expect(codes(`${BASE}#${'x'.repeat(100 * 1024 * 1024)}`)).toEqual(['file-too-big']);
  });

  it('puts no key onto a prototype', () => {
    const { definition } = readDefinition(
      'election.yaml',
      `${BASE}__proto__: {polluted: yes}\nconstructor: 1\ntoString: 2\n`,
    );
    expect(Object.keys(definition?.unknownFields ?? {})).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(JSON.parse(JSON.stringify(definition))).toHaveProperty('name', 'x');
  });

  it.each(['"x\u0000y\u001b[31m"', '"x\\0y\\e[31m"', '"x\\x00y\\u001b[31m"'])(
    'neutralises control characters, also as escapes: %j',
    (name) => {
      const { definition } = readDefinition('election.yaml', BASE.replace('name: x', `name: ${name}`));
      expect(definition?.name).toBe('x\ufffdy\ufffd[31m');
    },
  );

  it('says no more than a few hundred things about a file', () => {
    const roll = `eligible_voters:\n${'- a b\n'.repeat(20_000)}`;
    const { diagnostics } = readElection('e/x', 'e', [
      { path: 'e/x/election.yaml', text: BASE },
      { path: 'e/x/voters.yaml', text: roll },
    ]);
    expect(diagnostics.length).toBeLessThan(320);
    expect(diagnostics.map((d) => d.code)).toContain('more-problems');
  });
});
