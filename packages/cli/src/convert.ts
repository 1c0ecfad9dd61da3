import { closeSync, openSync, writeSync } from 'node:fs';
import { extname } from 'node:path';

import type { BallotFile, FormatName, Written } from '@elekto/formats';
import { CannotWriteError, describeFile, FORMATS, formatNamed, formatOfExtension } from '@elekto/formats';
import type { Command } from 'commander';
import { Option } from 'commander';

import { CliError } from './cli-error.ts';
import type { InputFlags } from './input-options.ts';
import { addInputOptions, inputOptions } from './input-options.ts';
import { printable, writeErr } from './terminal.ts';
import { isSystemError } from './system-error.ts';
import { readBallots, withoutNamed } from './tally-input.ts';

interface ConvertFlags extends InputFlags {
  readonly to?: FormatName;
  readonly without?: string[];
  readonly force?: boolean;
}

/** Characters that are written at once. */
const PIECE = 1 << 18;

/** `elekto convert <from> <to>`: writes a file of ballots in another format, and says what that cannot hold. */
export function register(command: Command): void {
  addInputOptions(command)
    .argument('<file>', 'ballots of any format, told by content; - is standard input')
    .argument('<new file>', 'where they go; - is standard output')
    .addOption(
      new Option('--to <format>', 'the format to write, when the name of the new file does not tell').choices(
        FORMATS.map(({ name }) => name),
      ),
    )
    .option('--without <name>', 'leave a candidate out (may be said again)', (name, names: string[] = []) => [
      ...names,
      name,
    ])
    .option('--force', 'write over a file that is there')
    .action((from: string, to: string, flags: ConvertFlags) => convert(from, to, flags));
}

async function convert(from: string, to: string, flags: ConvertFlags): Promise<void> {
  const format = flags.to ?? formatOfExtension(extname(to));
  if (format === null) throw new CliError(`${to}: the name tells no format: say --to`);
  const read = await readBallots(from, inputOptions(flags));
  writeErr(`${printable(`${from === '-' ? 'standard input' : from}: ${describeFile(read)}`)}\n`);
  const names = flags.without ?? [];
  const file: BallotFile =
    names.length === 0
      ? read
      : {
          ...read,
          ballots: withoutNamed({ ...read, withdrawn: [] }, names),
          withdrawn: read.withdrawn.filter((id) => !names.includes(id)),
        };
  const written = prepare(file, format);
  write(to, written, flags.force === true);
  const lost = written.lost.length === 0 ? '' : `; lost: ${written.lost.join('; ')}`;
  writeErr(`${to === '-' ? 'standard output' : to}: written as ${formatNamed(format).title}${lost}\n`);
}

function prepare(file: BallotFile, format: FormatName): Written {
  try {
    return formatNamed(format).write(file);
  } catch (error) {
    if (error instanceof CannotWriteError) throw new CliError(`${error.message}: nothing is written`);
    throw error;
  }
}

function write(to: string, { pieces }: Written, force: boolean): void {
  try {
    const handle = to === '-' ? 1 : openSync(to, force ? 'w' : 'wx');
    let piece = '';
    for (const text of pieces) {
      piece += text;
      if (piece.length < PIECE) continue;
      writeAll(handle, piece);
      piece = '';
    }
    writeAll(handle, piece);
    if (handle !== 1) closeSync(handle);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') throw new CliError(`${to}: is there already; --force writes over it`);
    throw new CliError(`${to}: cannot be written (${error.code})`);
  }
}

/** Writes all of it, also to a pipe that takes less at once. */
function writeAll(handle: number, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(handle, bytes));
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
