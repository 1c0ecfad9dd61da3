import { expect, it } from 'vitest';

import { presentPath } from './old-urls.ts';

it.each([
  ['/app', '/'],
  ['/app/', '/'],
  ['/app/elections', '/elections/'],
  ['/app/elections/running/', '/elections/'],
  ['/app/elections/steering---2025', '/elections/steering---2025/'],
  ['/app/elections/steering---2025/vote', '/elections/steering---2025/ballot/'],
  ['/app/elections/steering---2025/results/', '/elections/steering---2025/results/'],
  ['/app/elections/steering---2025/candidates/ada', '/elections/steering---2025/candidates/ada/'],
  ['/app/elections/steering---2025/exception', '/elections/steering---2025/exception/'],
  ['/app/elections/steering---2025/admin/exception', '/console/'],
  ['/login', '/auth/sign-in'],
])('%s is %s now', (old, present) => {
  expect(presentPath(old)).toBe(present);
});

it('the sign-in of older pages leads back to where it was asked for', () => {
  expect(presentPath('/auth/github', '?next=%2Felections%2Fx%2Fballot%2F')).toBe(
    '/auth/sign-in?next=%2Felections%2Fx%2Fballot%2F',
  );
});

it.each(['/', '/elections/x/', '/apple', '/app/elections/x/unknown', '/app/other'])(
  '%s is no old address',
  (path) => {
    expect(presentPath(path)).toBeNull();
  },
);
