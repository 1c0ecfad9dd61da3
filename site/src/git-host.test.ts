import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostName } from '@elekto/election';
import { newFilePage, newFilePatch } from './git-host.ts';

const at = (sourceUrl: string, text = 'a b&c', path = 'e/x/candidate-ada.md') =>
  newFilePage({ sourceUrl, host: null, branch: 'main' }, path, text);

describe("the host's page for a new file", () => {
  it.each([
    [
      'https://github.com/o/r',
      'https://github.com/o/r/new/main/e/x?filename=candidate-ada.md&value=a%20b%26c',
      true,
    ],
    [
      'https://codeberg.org/o/r',
      'https://codeberg.org/o/r/_new/main/e/x?filename=candidate-ada.md&value=a%20b%26c',
      true,
    ],
    ['https://gitlab.com/o/r', 'https://gitlab.com/o/r/-/new/main/e/x?file_name=candidate-ada.md', false],
  ])('of %s', (sourceUrl, address, filled) => {
    expect(at(sourceUrl)).toEqual({ address, filled });
  });

  it("is that of the kind which the server knows, where the host's name tells none", () => {
    const own = { sourceUrl: 'https://git.example.org/o/r', host: 'forgejo', branch: 'main' } as const;
    expect(newFilePage(own, 'e/x/c.md', 'a')?.address).toBe(
      'https://git.example.org/o/r/_new/main/e/x?filename=c.md&value=a',
    );
  });

  it('is opened empty for a text that no address can hold, and is none on a host without one', () => {
    expect(at('https://github.com/o/r', 'x'.repeat(8_000))).toEqual({
      address: 'https://github.com/o/r/new/main/e/x?filename=candidate-ada.md',
      filled: false,
    });
    expect(at('https://bitbucket.org/o/r')).toBeNull();
    expect([hostName('https://github.com/o/r'), hostName('http://127.0.0.1:1/o/r')]).toEqual([
      'GitHub',
      '127.0.0.1:1',
    ]);
  });
});

it.each(['one\ntwo\n', 'no end', '', '--- a\n+++ b\n\n'])('a patch makes the file %j', (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'elekto-patch-'));
  try {
    const path = 'elections/a year/candidate-ada.md';
    writeFileSync(join(folder, 'p.patch'), newFilePatch(path, text === '' ? '\n' : text));
    execFileSync('git', ['apply', 'p.patch'], { cwd: folder });
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text === '' ? '\n' : text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
