import { describe, expect, it } from 'vitest';
import { askForLess, offersFilter } from './fetch-request.ts';

const packet = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text;
const ID = 'a'.repeat(40);

describe('askForLess', () => {
  it('asks for a thin pack and, where it is offered, to leave out large blobs, before the end of the request', () => {
    const request = `${packet(`want ${ID} ofs-delta agent=x\n`)}${packet('deepen 1\n')}0000${packet('done\n')}`;
    expect(askForLess(Buffer.from(request), true).toString()).toBe(
      `${packet(`want ${ID} ofs-delta agent=x thin-pack filter\n`)}${packet('deepen 1\n')}${packet('filter blob:limit=33554433\n')}0000${packet('done\n')}`,
    );
    expect(askForLess(Buffer.from(request), false).toString()).toBe(
      `${packet(`want ${ID} ofs-delta agent=x thin-pack\n`)}${packet('deepen 1\n')}0000${packet('done\n')}`,
    );
  });

  it.each(['', '0000', packet('command=ls-refs\n'), `${packet(`want ${ID}\n`)}zzzz`])(
    'leaves %j as it is',
    (request) => {
      expect(askForLess(Buffer.from(request), true).toString()).toBe(request);
    },
  );
});

describe('offersFilter', () => {
  it('reads the capabilities of a server', () => {
    expect(
      offersFilter(
        `001e# service=git-upload-pack\n0000015a${ID} HEAD\0multi_ack shallow filter agent=git/2\n`,
      ),
    ).toBe(true);
    expect(
      offersFilter(`001e# service=git-upload-pack\n0000015a${ID} HEAD\0multi_ack shallow agent=git/2\n`),
    ).toBe(false);
  });
});
