import type { ManifestV2 } from '@elekto/protocol/manifest';
import { describe, expect, it } from 'vitest';
import { paperNames } from './paper-names.ts';

const paper = (names: Record<string, string>) =>
  ({ version: 2, candidates: ['sam-1', 'sam-2', 'ada'], names }) as unknown as ManifestV2;

describe('the names on a ballot paper', () => {
  it('tell people of one name apart as every other page does, also where case alone differs', () => {
    const names = paperNames(paper({ 'sam-1': 'Sam Same', 'sam-2': 'sam same', ada: 'Ada' }), []);
    expect(names).toEqual({ 'sam-1': 'Sam Same (sam-1)', 'sam-2': 'sam same (sam-2)', ada: 'Ada' });
  });

  it('are the pinned ones, then those of the files, then the ids', () => {
    const inFiles = [
      { id: 'sam-1', name: 'Exchanged since' },
      { id: 'sam-2', name: 'From the file' },
    ];
    const names = paperNames(paper({ 'sam-1': 'Pinned' }), inFiles);
    expect(names).toEqual({ 'sam-1': 'Pinned', 'sam-2': 'From the file', ada: 'ada' });
  });
});
