import { expect, it } from 'vitest';
import { labelsOf } from './labels.ts';
import type { ManifestV2 } from './manifest.ts';

const files = [
  { id: 'ada', name: 'Ada of the files' },
  { id: 'late', name: 'Bob' },
];
const manifest = { version: 2, candidates: ['ada', 'gone'], names: { ada: 'Ada', gone: 'Bob' } };

it('names people as they were pinned, whoever came later by the file, and tells apart who is called alike', () => {
  expect(labelsOf(manifest as unknown as ManifestV2, files)).toEqual({
    ada: 'Ada',
    gone: 'Bob (gone)',
    late: 'Bob (late)',
  });
  expect(labelsOf(null, files)).toEqual({ ada: 'Ada of the files', late: 'Bob' });
});
