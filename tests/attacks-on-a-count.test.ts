/**
 * Every attack on a count that officers hold, through the entry of `elekto verify` and through the page's verification with its
 * worker: each is refused with one sentence, the same in both, that names the step and the party.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyOnThreads } from '../packages/cli/src/verify/verify-board.ts';
import { answerTask, type CountInput, type Thread } from '../packages/protocol/src/board/index.ts';
import type { Check } from '../packages/protocol/src/result/index.ts';
import { checkWords } from '../packages/words/src/index.ts';
import { verifyCountHere } from '../site/src/islands/verify/verify-count.ts';
import { ATTACKS, HONEST, LONG_AND_HONEST } from './support/attacks.ts';
import { workHere } from './support/worker-here.ts';

/** A thread of the command, in this process. */
const threadHere = (): Thread => {
  let hear: Parameters<Thread['listen']>[0] = () => undefined;
  return {
    send: (task) => answerTask(structuredClone(task), (said) => hear(structuredClone(said))),
    listen: (given) => void (hear = given),
    end: () => undefined,
  };
};

async function onPage(input: CountInput): Promise<Check[]> {
  const checks: Check[] = [];
  const counted = await verifyCountHere(input, {
    check: (check) => void checks.push(check),
    progress: () => undefined,
  });
  expect(counted === null).toBe(checks.some(({ ok }) => !ok));
  return checks;
}

/** The sentence that the command fails with, or null. */
async function inCommand(input: CountInput): Promise<string | null> {
  try {
    await verifyOnThreads(input, 1, false, threadHere);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

beforeAll(async () => {
  await workHere();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('an attack on a count by officers', () => {
  it.each(ATTACKS)('$what: is refused alike on the page and by the command', async (attack) => {
    const checks = await onPage(attack.input);
    const last = checks.at(-1) as Check;
    expect(checks.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    expect([last.ok, last.code === 'board-refused' ? last.facts.reason : last.code]).toEqual([
      false,
      expect.stringMatching(attack.code),
    ]);
    const sentence = checkWords(last, 'en');
    expect(sentence).toMatch(attack.says);
    expect(await inCommand(attack.input)).toBe(`verification failed: ${sentence}`);
  });

  it.each(HONEST)('is none: %s', async (_, input) => {
    const checks = await onPage(input);
    expect([checks.filter(({ ok }) => !ok), checks.at(-1)?.name]).toEqual([[], 'signature']);
    const { publicKey } = JSON.parse(input.resultsJson) as { readonly publicKey: string };
    expect(await inCommand({ ...input, publicKey })).toBeNull();
  });

  it('is none: a mix of ballots of two points', async () => {
    const checks = await onPage(LONG_AND_HONEST);
    expect(checks.filter(({ ok, name }) => ok && name === 'mix')).toHaveLength(1);
  });
});
