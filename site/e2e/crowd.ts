/** Elections like the example's open one with as many candidates as are asked for, put into a copy of the example. */
import { cp, mkdir, readdir, rm, writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FIRST = [
  'Amara',
  'Björn',
  'Chiara',
  'Dae-jung',
  'Élodie',
  'Farouk',
  'Grace',
  'Hye-jin',
  'Ikram',
  'Jakub',
];
const LAST = ['Okonkwo', 'Lindqvist', 'Ferraro', 'van den Bergh', 'Nguyễn', 'Szabó'];
const EMPLOYERS = [
  'Brightwater Systems',
  'University of Aveiro',
  'Independent',
  'North Sea Instruments and Moorings',
];
const ABOUT = `## Why I am standing

I have kept two stations running for six years and answered most of the questions in the newcomers' channel. I would like reviews
within two days, a release every season, and fewer services than we have.

- **Small first**: a station should fit a machine that costs less than its waterproof box.
- **In public**: what is declined gets a paragraph that says why.
`;

/** The key of the election with so many candidates. */
export const crowdKey = (count: number): string => `steering---crowd-${count}`;

/** @param meta is the copy's folder. At most 60 candidates get a name of their own. */
export async function addCrowd(meta: string, count: number): Promise<void> {
  const from = join(meta, 'elections/steering/term-4');
  const to = join(meta, `elections/steering/crowd-${count}`);
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from))
    if (!name.startsWith('candidate-')) await cp(join(from, name), join(to, name));
  const yaml = join(to, 'election.yaml');
  const text = await readFile(yaml, 'utf8');
  await rm(yaml);
  await writeFile(yaml, text.replace(/^name: .*/m, `name: Steering Committee, ${count} candidates`));
  const line = '-'.repeat(61);
  for (let i = 0; i < count; i++) {
    const name = `${FIRST[i % FIRST.length] ?? ''} ${LAST[Math.floor(i / FIRST.length) % LAST.length] ?? ''}`;
    const id = `candidate-${i + 1}`;
    const info = `  - employer: ${EMPLOYERS[i % EMPLOYERS.length] ?? ''}\n  - chat: '@c${i + 1}'`;
    await writeFile(
      join(to, `candidate-${id}.md`),
      `${line}\nname: ${name}\nID: ${id}\ninfo:\n${info}\n${line}\n\n${ABOUT}`,
    );
  }
}
