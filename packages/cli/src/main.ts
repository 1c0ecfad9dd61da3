#!/usr/bin/env node
import { run } from './run.ts';

const failed = await run(process.argv.slice(2));
if (failed !== null) {
  const { message, atOnce } = failed;
  process.stderr.write(`${message}\n`, () => atOnce && process.exit());
  process.exitCode = 1;
}
