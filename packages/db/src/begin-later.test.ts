import { expect, it } from 'vitest';
import { beginLater } from './begin-later.ts';

/** A client whose answers come when the test says so. */
function client() {
  const sent: string[] = [];
  const waiting = new Map<string, (error?: Error) => void>();
  const query = beginLater((...args: unknown[]) => {
    const text = String(args[0]);
    sent.push(text);
    return new Promise((resolve, reject) => {
      waiting.set(text, (error) => (error === undefined ? resolve(text) : reject(error)));
    });
  });
  const ask = (text: string) => query(text, []) as Promise<unknown>;
  return { sent, ask, answer: (text: string, error?: Error) => waiting.get(text)?.(error) };
}

it('sends begin with the first statement of a transaction that only reads, and no other statement with it', async () => {
  const { sent, ask, answer } = client();
  await ask('begin');
  expect(sent).toEqual([]);
  const first = ask('select 1');
  expect(sent).toEqual(['begin', 'select 1']);
  answer('begin');
  answer('select 1');
  expect(await first).toBe('select 1');
  void ask('commit');
  void ask('select 2');
  expect(sent.slice(2)).toEqual(['commit', 'select 2']);
});

it('waits for begin before a statement that writes, which would stand by itself without', async () => {
  const { sent, ask, answer } = client();
  await ask('begin');
  const write = ask('insert into t values (1)');
  expect(sent).toEqual(['begin']);
  answer('begin', new Error('refused'));
  await expect(write).rejects.toThrow('refused');
  expect(sent).toEqual(['begin']);
});

it('keeps the order of what is asked while begin is not answered', async () => {
  const { sent, ask, answer } = client();
  await ask('begin');
  const write = ask('insert into t values (1)');
  const read = ask('select 1');
  answer('begin');
  await new Promise((go) => setImmediate(go));
  expect(sent).toEqual(['begin', 'insert into t values (1)', 'select 1']);
  for (const text of sent) answer(text);
  await Promise.all([write, read]);
});

it('says why begin was refused, whatever the statement that went with it says', async () => {
  const { ask, answer } = client();
  await ask('begin');
  const read = ask('select 1');
  answer('select 1', new Error('the second'));
  answer('begin', new Error('the first'));
  await expect(read).rejects.toThrow('the first');
});

it('sends nothing of a transaction that asked nothing', async () => {
  const { sent, ask } = client();
  await ask('begin');
  await ask('commit');
  await ask('begin');
  await ask('rollback');
  expect(sent).toEqual([]);
});
