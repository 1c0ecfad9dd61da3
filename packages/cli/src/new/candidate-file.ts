/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { yamlText } from '@elekto/election';
import { readTemplate, writeCandidate } from '@elekto/election/nominate';
import { CliError } from '../cli-error.ts';
import type { Prompt } from '../prompt.ts';
import { askOnce } from './ask.ts';
import { template } from './election-files.ts';

export interface NewCandidate {
  readonly id: string;
  readonly name?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Markdown of the profile. */
  readonly text?: string | undefined;
}

/**
 * Writes candidate-<id>.md of an election; its path. What the template asks for is asked for with a `prompt`; with fields or a text
 * those are written; with neither it is the template with ID and name filled in.
 */
export async function newCandidate(
  folder: string,
  candidate: NewCandidate,
  prompt: Prompt | null = null,
): Promise<string> {
  const text = await readFile(join(folder, 'candidate-template.md'), 'utf8').catch(() => template());
  const path = join(folder, `candidate-${candidate.id}.md`);
  const { id, name = id, fields, text: profile } = candidate;
  const file =
    prompt !== null
      ? await askedFor(text, candidate, prompt)
      : fields !== undefined || profile !== undefined
        ? written(id, name, fields ?? {}, [{ title: '', level: 2, text: profile ?? '' }])
        : filledIn(text, id, name);
  await writeFile(path, file, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CliError(`${path} is there already.`);
    if (error.code === 'ENOENT')
      throw new CliError(`There is no folder ${folder}: "elekto new election" makes one.`);
    throw error;
  });
  return path;
}

type Answers = Parameters<typeof writeCandidate>[0]['answers'];

function written(
  id: string,
  name: string,
  fields: Readonly<Record<string, string>>,
  answers: Answers,
): string {
  const info = Object.entries(fields).map(([key, value]) => ({ name: key, value }));
  return writeCandidate({ id, name, nominatedBy: '', fields: info, answers });
}

function filledIn(text: string, id: string, name: string): string {
  return text
    .replace(/^name:.*$/im, () => `name: ${yamlText(name)}`)
    .replace(/^ID:.*$/m, () => `ID: ${yamlText(id)}`)
    .replace(/^<!-- Copy this file.*-->\r?\n\r?\n?/m, '');
}

/** What stands for itself: a field or a heading without an answer is left out. */
async function askedFor(text: string, candidate: NewCandidate, prompt: Prompt): Promise<string> {
  const { fields, sections } = readTemplate(text);
  const { id, name: called, fields: given = {}, text: profile } = candidate;
  const ask = async (what: string): Promise<string> => (await askOnce(prompt, what, String, '')) ?? '';
  const name = called ?? ((await ask('Name')) || id);
  const info = { ...given };
  for (const each of fields) info[each.name] ??= await ask(`${each.name} (${each.value})`);
  const answers: { title: string; level: number; text: string }[] = [];
  if (profile !== undefined) answers.push({ title: '', level: 2, text: profile });
  else
    for (const { title, level } of sections)
      if (title !== '') answers.push({ title, level, text: await ask(`${title}, in one line`) });
  return written(id, name, info, answers);
}
