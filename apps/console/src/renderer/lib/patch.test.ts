import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { diffLines, unifiedPatch } from './patch.ts';
import { addToRoll, loginsIn } from './roll-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'elekto-patch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `git apply` makes of a file. */
function applied(before: string | null, after: string): string {
  const file = join(folder, 'voters.yaml');
  rmSync(file, { force: true });
  if (before !== null) writeFileSync(file, before);
  writeFileSync(join(folder, 'change.patch'), unifiedPatch('voters.yaml', before, after));
  execFileSync('git', ['apply', '--unsafe-paths', 'change.patch'], { cwd: folder });
  return readFileSync(file, 'utf8');
}

describe('the change of a voters.yaml', () => {
  const example = join(import.meta.dirname, '../../../../../examples/driftwood');
  const roll = 'elections/steering/term-4/voters.yaml';

  it('is taken by git in a repository, and keeps every line that was there', () => {
    const repository = mkdtempSync(join(folder, 'repository-'));
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' });
    const before = `# Who may vote\n${readFileSync(join(example, roll), 'utf8')}# Ends here.\n`;
    mkdirSync(join(repository, dirname(roll)), { recursive: true });
    writeFileSync(join(repository, roll), before);
    git('init', '--quiet');
    git('add', '.');

    const after = addToRoll(before, ['New-Person', '12345']) ?? '';
    writeFileSync(join(repository, 'roll.patch'), unifiedPatch(roll, before, after));
    git('apply', '--check', 'roll.patch');
    git('apply', '--index', 'roll.patch');

    expect(readFileSync(join(repository, roll), 'utf8')).toBe(after);
    expect(git('diff', '--numstat', '--', roll)).toBe('');
    const lines = after.split('\n');
    expect(lines.filter((line) => !/New-Person|12345/.test(line))).toEqual(before.split('\n'));
    expect(loginsIn(after)).toEqual(expect.arrayContaining([...loginsIn(before), 'New-Person', '12345']));
  });
});

describe('patches', () => {
  const roll = Array.from({ length: 30 }, (_, index) => `- voter-${index}`).join('\n');

  it.each([
    ['a line added at the end', `${roll}\n`, `${roll}\n- new\n`],
    ['a line added where the file had no newline at its end', roll, `${roll}\n- new\n`],
    ['two changes far apart', `${roll}\n`, `# 1\n${roll.replace('voter-25', 'voter-x')}\n`],
    ['everything replaced', 'a\nb\n', 'c\n'],
    ['a new file', null, '# Results\n\nAda is elected.\n'],
    ['a new file without a newline at its end', null, 'a,b\n1,2'],
  ])('git applies %s', (_, before, after) => expect(applied(before, after)).toBe(after));

  it('of thousands of lines among thousands are found in one pass, added or taken out', () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => `- voter-${index}\n`);
    const few = lines.filter((_, index) => index % 3 !== 1).join('');
    for (const [before, after, kind] of [
      [few, lines.join(''), '+'],
      [lines.join(''), few, '-'],
    ] as const) {
      const changed = diffLines(before, after).filter((edit) => edit.kind !== ' ');
      expect(changed).toHaveLength(10_000);
      expect(new Set(changed.map((edit) => edit.kind))).toEqual(new Set([kind]));
    }
  });

  it('are empty when nothing changes', () => expect(unifiedPatch('a', 'x\n', 'x\n')).toBe(''));

  it('say a new file is one', () =>
    expect(unifiedPatch('dir/results.md', null, 'x\n')).toBe(
      'diff --git a/dir/results.md b/dir/results.md\nnew file mode 100644\n--- /dev/null\n+++ b/dir/results.md\n@@ -0,0 +1,1 @@\n+x\n',
    ));

  it('hold the old text in kept and removed lines, the new one in kept and added ones', () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 14 })
      .map((lines) => lines.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = diffLines(before, after);
        const side = (skip: string): string =>
          edits.map(({ kind, text: line }) => (kind === skip ? '' : line)).join('');
        expect(side('+')).toBe(before);
        expect(side('-')).toBe(after);
      }),
    );
  });
});
