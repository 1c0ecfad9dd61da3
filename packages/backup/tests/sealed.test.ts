import { generateX25519Identity } from 'age-encryption';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { isRecipient, newIdentity, openSealed, writeSealed } from '../src/sealed.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'elekto-backup-'));
const STEP = 4096;

async function read(file: string, by: Parameters<typeof openSealed>[1]): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of openSealed(file, by)) parts.push(part);
  return Buffer.concat(parts);
}
const parts = (...texts: string[]) =>
  (async function* () {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  })();

describe('a file that is sealed to a public key', () => {
  it('opens by its identity alone, and holds what was put in, padded', async () => {
    const { identity, recipient } = await newIdentity();
    const file = join(folder(), 'a.age');
    await writeSealed(parts('one ', 'CANARY-7731'), { file, to: { recipient }, step: STEP });
    expect(readFileSync(file).includes('CANARY')).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
    const plain = await read(file, { identities: [identity] });
    expect(plain.length).toBe(STEP);
    expect(plain.toString('utf8').replace(/\0+$/, '')).toBe('one CANARY-7731');
    const other = await generateX25519Identity();
    await expect(read(file, { identities: [other] })).rejects.toThrow(/the identity is another one/);
  });

  it('has the same size for whatever fits into a step, and the date that it is given', async () => {
    const { recipient } = await newIdentity();
    const dir = folder();
    for (const [name, text] of [
      ['a', 'x'],
      ['b', 'y'.repeat(STEP)],
    ] as const)
      await writeSealed(parts(text), {
        file: join(dir, name),
        to: { recipient },
        step: STEP,
        at: 1_700_000_000_000,
      });
    const [a, b] = ['a', 'b'].map((name) => statSync(join(dir, name)));
    expect([a?.size, a?.mtimeMs]).toEqual([b?.size, b?.mtimeMs]);
    expect(a?.mtimeMs).toBe(1_700_000_000_000);
  });

  it('that was altered or cut off anywhere ends in an error, never in less', async () => {
    const { identity, recipient } = await newIdentity();
    const file = join(folder(), 'a.age');
    await writeSealed(parts('z'.repeat(200_000)), { file, to: { recipient }, step: STEP });
    const whole = readFileSync(file);
    // The end of a chunk of 64 KiB is where a cut is hardest to see.
    const header = whole.length % (65_536 + 16);
    for (const bent of [
      whole.subarray(0, -1),
      whole.subarray(0, whole.length - 65_552),
      flipped(whole, header),
      flipped(whole, whole.length - 1),
    ]) {
      writeFileSync(file, bent);
      await expect(read(file, { identities: [identity] })).rejects.toThrow(/altered or cut off/);
    }
  });

  it('is not there at all when its source fails', async () => {
    const { recipient } = await newIdentity();
    const dir = folder();
    const failing = (async function* () {
      yield await Promise.resolve(Buffer.from('half'));
      throw Object.assign(new Error('no'), { code: 'EIO' });
    })();
    const sealing = writeSealed(failing, { file: join(dir, 'a'), to: { recipient }, step: STEP });
    await expect(sealing).rejects.toThrow('the backup cannot be written (EIO)');
    expect(readdirSync(dir)).toEqual([]);
  });
});

it('tells a public key from what is none', () => {
  expect(isRecipient('age1ceqvxuet8eh7cva2x0jlq2l0kpznkca8w0uwnxtupk9jgtd3re5qkqjdsg')).toBe(true);
  for (const text of [
    '',
    'age1',
    'ssh-ed25519 AAAA',
    'age1ceqvxuet8eh7cva2x0jlq2l0kpznkca8w0uwnxtupk9jgtd3re5qkqjdsx',
  ])
    expect(isRecipient(text), text).toBe(false);
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

it('that two write at once is always a whole one, and nothing else is left', async () => {
  const { identity, recipient } = await newIdentity();
  const dir = folder();
  const file = join(dir, 'a.age');
  const gates = ['first', 'second'].map((text) => ({ text, ...Promise.withResolvers<undefined>() }));
  const both = gates.map(({ text, promise }) =>
    writeSealed(
      (async function* () {
        yield Buffer.from(`${text} begins,`);
        await promise;
        yield Buffer.from(`${text} ends`);
      })(),
      { file, to: { recipient }, step: STEP },
    ),
  );
  for (const [at, { text, resolve }] of gates.entries()) {
    resolve(undefined);
    await both[at];
    const plain = (await read(file, { identities: [identity] })).toString('utf8').replace(/\0+$/, '');
    expect(plain).toBe(`${text} begins,${text} ends`);
  }
  expect(readdirSync(dir)).toEqual(['a.age']);
});
