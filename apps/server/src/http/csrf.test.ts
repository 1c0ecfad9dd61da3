import type { Request } from 'express';
import { describe, expect, it } from 'vitest';

import { isFromOwnPage } from './csrf.ts';

const rules = { origins: new Set(['https://vote.example.org']) };
const from = (headers: Record<string, string>): boolean =>
  isFromOwnPage({ get: (name: string) => headers[name] } as unknown as Request, rules);

describe('a request that changes something', () => {
  it.each([
    [{ origin: 'https://vote.example.org' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    // A form of a page without a referrer.
    [{ origin: 'null', 'sec-fetch-site': 'same-origin' }],
    // No browser.
    [{}],
  ])('may come with %j', (headers) => expect(from(headers)).toBe(true));

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'null' }],
    [{ origin: 'null', 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null', 'sec-fetch-site': 'none' }],
    [{ 'sec-fetch-site': 'cross-site' }],
  ])('may not come with %j', (headers) => expect(from(headers)).toBe(false));
});
