import { expect, it } from 'vitest';
import { commonOrganisation } from './common-organisation.ts';

const of = (...names: string[]) =>
  commonOrganisation(names.map((organization, closesAt) => ({ organization, closesAt })));

it.each([
  [['Kubernetes', 'Kubernetes'], 'Kubernetes'],
  [['Kubernetes', ' kubernetes ', ''], 'kubernetes'],
  [['Kubernetes', 'CNCF', 'Kubernetes'], 'Kubernetes'],
  [['Kubernetes', 'CNCF'], null],
  [['', '  '], null],
  [[], null],
])('of %j is %j', (names, common) => {
  expect(of(...names)).toBe(common);
});
