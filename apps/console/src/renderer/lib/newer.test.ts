import { expect, it } from 'vitest';
import { isNewer } from './newer.ts';

it.each([
  ['0.2.0', '0.1.9', true],
  ['1.0.0', '0.9.9', true],
  ['0.1.10', '0.1.9', true],
  ['0.1.0', '0.1.0', false],
  ['0.1.0', '0.2.0', false],
  ['0.1.0+abc', '0.1.0', false],
  ['none', '0.1.0', false],
  ['9.0.0-get it from https://evil.example', '0.1.0', false],
  ['0.2.0', '', false],
])('%s beside %s: %s', (other, own, newer) => expect(isNewer(other, own)).toBe(newer));
