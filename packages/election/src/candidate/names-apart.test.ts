import { expect, it } from 'vitest';
import { namesApart } from './names-apart.ts';

it('tells people of one name apart by their ids, and nobody else', () => {
  const names = namesApart([
    { id: 'sam-1', name: 'Sam Same' },
    { id: 'ada', name: 'Ada' },
    { id: 'sam-2', name: 'sam  same' },
  ]);
  expect(names).toEqual({ 'sam-1': 'Sam Same (sam-1)', ada: 'Ada', 'sam-2': 'sam  same (sam-2)' });
});
