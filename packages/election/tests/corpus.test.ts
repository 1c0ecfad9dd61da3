import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixFile, lintTree, readCandidateFile, readTree } from '../src/index.ts';
import { renderMarkdown } from '../src/markdown.ts';
import { filesBelow, sharedData } from './shared-data.ts';

const corpus = sharedData('candidate-corpus');
const real = sharedData('real');

/** `<commit>--<path with --->` back to the path. */
const pathOf = (name: string): string => name.replace(/^.*?[0-9a-f]{6,40}--/, '').replaceAll('---', '/');

describe.runIf(corpus)('the corpus of real candidate files', () => {
  const files = corpus ? filesBelow(corpus).map((file) => ({ ...file, path: pathOf(file.path) })) : [];

  it('has every file', () => {
    expect(files.length).toBeGreaterThan(200);
  });

  it('gives name and ID, or an error at a line of the file', () => {
    for (const { path, text } of files) {
      const { candidate, diagnostics } = readCandidateFile(path, text);
      const errors = diagnostics.filter((d) => d.severity === 'error');
      if (candidate) {
        expect([path, errors]).toEqual([path, []]);
        expect(candidate.name.trim()).not.toBe('');
        expect(candidate.id).toMatch(/^[A-Za-z0-9-]+$/);
        continue;
      }
      expect(errors.length, path).toBeGreaterThan(0);
      for (const { line, column, hint } of errors) {
        expect(line, path).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
        expect(column).toBeGreaterThan(0);
        expect(hint).not.toBe('');
      }
    }
  });

  it('loses no name that stands in a header', () => {
    for (const { path, text } of files) {
      const written = /^name:[ \t]*(\S.*?)\s*(?:ID:.*)?$/im.exec(
        text.split('\n').slice(0, 6).join('\n'),
      )?.[1];
      const { candidate } = readCandidateFile(path, text);
      if (written && candidate) expect(candidate.name).toBe(written);
      if (written && !candidate) expect(path).toMatch(/template|qedrakmar/);
    }
  });

  it('loses no text of a bio: what is not bio is a header of a few lines', () => {
    for (const { path, text } of files) {
      const { candidate } = readCandidateFile(path, text);
      if (!candidate) continue;
      const whole = text.replace(/\r\n/g, '\n');
      expect(whole.endsWith(candidate.bio), path).toBe(true);
      expect(
        whole.slice(0, whole.length - candidate.bio.length).split('\n').length,
        path,
      ).toBeLessThanOrEqual(14);
    }
  });

  it('reads the same after the safe repairs, and then has nothing left to repair', () => {
    for (const { path, text } of files) {
      const fixed = fixFile(path, text).text;
      expect([path, readCandidateFile(path, fixed).candidate]).toEqual([
        path,
        readCandidateFile(path, text).candidate,
      ]);
      expect([path, fixFile(path, fixed).repairs]).toEqual([path, 0]);
    }
  });

  it('renders', () => {
    for (const { path, text } of files)
      expect(renderMarkdown(readCandidateFile(path, text).candidate?.bio ?? '')).not.toMatch(/<script|<img/i);
  });
});

describe.runIf(real)('the real repositories', () => {
  const repositories = real ? readdirSync(real) : [];

  it.each(repositories)('%s reads without an error', (name) => {
    const { elections, diagnostics } = readTree('elections', filesBelow(join(real ?? '', name)));
    expect(elections.length).toBeGreaterThan(0);
    expect(diagnostics).toEqual([]);
    for (const { key, election, diagnostics: said } of elections) {
      expect([key, said.filter((d) => d.severity === 'error')]).toEqual([key, []]);
      expect(election?.candidates.length, key).toBeGreaterThan(0);
      expect(election?.voters.length, key).toBeGreaterThan(0);
      expect(election?.officers.length, key).toBeGreaterThan(0);
    }
  });

  it.each(repositories)(
    '%s has no name that the linter would refuse today, and no text that is not rendered',
    (name) => {
      const { elections } = lintTree('elections', filesBelow(join(real ?? '', name)), { now: 0 });
      const said = elections.flatMap((read) => read.diagnostics.map((d) => d.code));
      expect(
        said.filter((code) => /-unsafe$|^markdown-not-rendered$|^candidate-id-case$/.test(code)),
      ).toEqual([]);
    },
  );

  it('has the elections, voters and seats that were published', () => {
    const kubernetes = readTree('elections', filesBelow(join(real ?? '', 'kubernetes'))).elections;
    expect(kubernetes.map((e) => [e.key, e.election?.seats, e.election?.candidates.length])).toEqual([
      ['code-of-conduct---2023', 2, 9],
      ['steering---2021', 4, 13],
      ['steering---2022', 3, 8],
      ['steering---2023', 4, 11],
      ['steering---2023-GB', 1, 2],
    ]);
    const roll = kubernetes.find((e) => e.key === 'steering---2023')?.election?.voters.map((v) => v.login);
    expect(roll).toContain('249043822');
  });
});
