import { accountOf, Collector, leavesOf, type RollRules } from '@elekto/roll';
import { LocalFiles } from '../files/local-files.ts';
import { readContributions } from './contributions.ts';
import { readLeaf } from './leaves.ts';
import type { Gathered, GatherOptions } from './options.ts';

/** Reads what the rules ask for. The facts do not depend on the order in which anything answers. */
export async function gather(rules: RollRules, options: GatherOptions): Promise<Gathered> {
  const collector = new Collector(rules.who);
  const files = new LocalFiles(options.folder);
  for (const leaf of leavesOf(rules.who)) await readLeaf(leaf, collector, files, options);
  const read = await readContributions(rules, collector, options, (address) => accountOf(address, rules));
  return { facts: collector.facts(), ...read };
}
