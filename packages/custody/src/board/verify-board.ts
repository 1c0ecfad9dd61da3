import { finishedKey } from '../ceremony/finished.ts';
import { readTranscript } from '../ceremony/transcript.ts';
import { acceptBox } from './box.ts';
import type { Chain } from './chain.ts';
import { checkSteps } from './check-steps.ts';
import { type BoardFiles, end, type Line, type RunTask, type Verified } from './lines.ts';
import { checkManifestKey, readManifest } from './manifest.ts';
import { runTask } from './tasks.ts';

const here: RunTask = (task) => () => Promise.resolve(runTask(task));

/**
 * Verifies a count from its files alone, step by step, so that whoever shows it can show how far it is. The first false
 * line is the last one.
 *
 * @param run does the dear steps; here and now where it is left out.
 */
export async function* verifyBoard(
  files: BoardFiles,
  run: RunTask = here,
): AsyncGenerator<Line, Verified | null> {
  const transcript = readTranscript(files.transcript);
  if (!transcript.ok) return yield* end(transcript);
  const key = finishedKey(transcript.value.header, transcript.value.posts);
  if (!key.ok) return yield* end(key);
  const { header } = key.value;
  yield { ok: true, step: { code: 'ceremony-made', header } };

  const manifest = readManifest(files.manifest);
  if (!manifest.ok) return yield* end(manifest);
  const fits = checkManifestKey(manifest.value, key.value);
  if (!fits.ok) return yield* end(fits);
  const box = acceptBox(manifest.value, header, files.electors, files.box);
  if (!box.ok) return yield* end(box);
  const { records, hash } = box.value;
  const start: Chain = {
    manifest: manifest.value,
    key: key.value,
    box: box.value,
    mixers: [],
    head: { hash, rows: records },
    decryptions: new Set(),
  };
  return yield* checkSteps(start, records, files, run);
}
