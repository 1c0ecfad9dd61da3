/** A roll is built and written in a thread of its own: thousands of pages are read, and the windows stay at hand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { RollEditError } from '@elekto/election';
import { readRules, RollFileError, writeEvidence } from '@elekto/roll';
import {
  readRoll,
  rollInFolder,
  rollNews,
  RollSourceError,
  timeLeft,
  writeRoll,
  type Progress,
} from '@elekto/roll-sources';
import { rollSummary } from '@elekto/words';
import texts from '../texts.json' with { type: 'json' };
import type { RollSaid, RollTask } from './rolls.ts';

const say = (said: RollSaid): void => parentPort?.postMessage(said);
const task = workerData as RollTask;

void work().then(say, (error: unknown) => {
  const isTold =
    error instanceof RollSourceError || error instanceof RollFileError || error instanceof RollEditError;
  say({ failed: isTold ? error.message : texts.roll.unexpected });
});

async function work(): Promise<RollSaid> {
  const { folder } = task;
  if (task.do === 'write') {
    await writeRoll(folder, await rollInFolder(folder), task.roll);
    return { written: true };
  }
  const { rules } = readRules('roll.yaml', await readFile(join(folder, 'roll.yaml'), 'utf8'));
  if (rules === null || rules.forge.api !== task.api)
    throw new RollSourceError('roll.yaml has changed since the folder was chosen: choose it again.');
  const began = Date.now();
  let progress: Progress | null = null;
  const roll = await readRoll(rules, {
    folder,
    token: task.token,
    withToken: texts.roll['with-token'],
    cache: task.cache,
    offline: false,
    refresh: task.refresh,
    clones: null,
    onProgress: (now) => {
      progress = now;
      say({ progress: { ...now, left: timeLeft(now, began, Date.now()), wait: null } });
    },
    onWait: (wait) => {
      if (progress !== null)
        say({ progress: { ...progress, left: timeLeft(progress, began, Date.now()), wait } });
    },
  });
  if (roll.voters.length === 0)
    throw new RollSourceError(
      'The rules give an empty roll: "elekto roll explain" says what they find of somebody.',
    );
  const before = await rollInFolder(folder);
  return {
    built: {
      voters: roll.voters,
      rows: roll.rows,
      before: before.votersText === null ? null : before.voters,
      evidence: writeEvidence(roll.rows),
      summary: rollSummary(rollNews(roll, before), 'en'),
    },
  };
}
