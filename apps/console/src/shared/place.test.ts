import { expect, it } from 'vitest';
import { confirmedPlace } from './place.ts';

const SIDE = { source: 'https://github.com/org/elections', branch: 'side', folder: 'elections' };
const typed = (branch: string, folder = '') => ({ typed: { branch, folder } });

it('takes no branch from the server: the default one of the forge, unless the officer types the name', () => {
  expect(confirmedPlace({ ...SIDE, ...typed('') })).toEqual({ ...SIDE, branch: null });
  expect(confirmedPlace({ ...SIDE, ...typed(' side ') })).toEqual(SIDE);
  expect(confirmedPlace({ ...SIDE, ...typed('sid') })).toBeNull();
  expect(confirmedPlace({ ...SIDE, branch: null, ...typed('side') })).toBeNull();
});

it('takes no other folder than the usual one before the officer typed its name', () => {
  for (const [folder, name] of [
    ['copy', 'copy'],
    ['', '/'],
  ] as const) {
    expect(confirmedPlace({ ...SIDE, folder, ...typed('') })).toBeNull();
    expect(confirmedPlace({ ...SIDE, folder, ...typed('', 'elections') })).toBeNull();
    expect(confirmedPlace({ ...SIDE, folder, ...typed('', name) })).toEqual({
      ...SIDE,
      branch: null,
      folder,
    });
  }
});
