import { expect, it } from 'vitest';

import { createSeal } from './seal.ts';

const seal = createSeal(Buffer.alloc(32, 1), 'session');

it('opens what it sealed', () => {
  expect(seal.open(seal.seal('token 1'))).toBe('token 1');
});

it('opens nothing else', () => {
  const sealed = seal.seal('token 1');
  const [body = '', tag = ''] = sealed.split('.');
  const others = [
    undefined,
    '',
    'x',
    body,
    `${body}.`,
    `.${tag}`,
    `${body}.${tag}.`,
    `${Buffer.from('token 2').toString('base64url')}.${tag}`,
    createSeal(Buffer.alloc(32, 1), 'state').seal('token 1'),
    createSeal(Buffer.alloc(32, 2), 'session').seal('token 1'),
  ];
  for (const other of others) expect(seal.open(other)).toBeNull();
});
