/**
 * What somebody did to a result is refused by the command and by the page, with the same first false line. That a second
 * verifier says the same of all of them is in packages/protocol/tests/tampering.test.ts.
 */
import { checkWords } from '@elekto/words';
import { Command } from 'commander';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { register } from '../src/verify.ts';
import { listedTamperings, type Tampered } from '../../protocol/tests/support/cases.ts';
import { asFormat2, golden, SERVER } from '../../protocol/tests/support/golden.ts';
import { recount } from '../../../site/src/islands/verify/recount.ts';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'elekto-tampered-'))));
afterAll(() => rmSync(dir, { recursive: true }));

/** The command, without a process of its own: the reason that it ends with; null when it takes the result. */
async function byCommand({ ballots, results, key }: Tampered): Promise<string | null> {
  const files = [join(dir, 'ballots.csv'), join(dir, 'results.json')] as const;
  writeFileSync(files[0], ballots);
  writeFileSync(files[1], results);
  const command = new Command().exitOverride();
  register(command);
  const silent = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await command.parseAsync([...files, ...(key === null ? [] : ['--key', key])], { from: 'user' });
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    silent.mockRestore();
  }
}

/** What the page says first that is false, in the words that the command would use; null when it takes the result. */
async function byPage({ ballots, results, key }: Tampered): Promise<string | null> {
  const signed = { publicKey: key ?? undefined, knownKeys: undefined, folder: undefined };
  const rule = { rule: null as never, places: null, signed };
  const { checks, agrees } = await recount(ballots, results, rule);
  const wrong = checks.find((check) => !check.ok);
  expect(agrees).toBe(wrong === undefined);
  return wrong === undefined ? null : `verification failed: ${checkWords(wrong, 'en')}`;
}

describe('a result that somebody changed', () => {
  it('is refused by the command and the page, with the same first false line', async () => {
    const cases = listedTamperings();
    expect(cases.length).toBeGreaterThan(300);
    const taken: string[] = [];
    for (const each of cases) {
      const [command, page] = [await byCommand(each), await byPage(each)];
      if (command === null || command !== page) taken.push(`${each.name}: ${command} and ${page}`);
    }
    expect(taken).toEqual([]);
  });

  it('is taken as it was', async () => {
    const results = JSON.stringify(asFormat2('schulze'));
    const genuine = { name: '', ballots: golden('schulze/ballots.csv'), results, key: SERVER.publicKey };
    expect([await byCommand(genuine), await byPage(genuine)]).toEqual([null, null]);
  });
});
