import { linesOf } from '../lines.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlNode } from '../yaml/tree.ts';

const KEYS: ReadonlySet<string> = new Set(['election', 'activities', 'date', 'what', 'how', 'id', 'done']);

/**
 * Which activities plan.yaml has as done, by their names ("id:"), in its order. `done` is null for what is no plan; of an empty
 * text it is empty.
 */
export function readPlan(
  path: string,
  text: string,
): { readonly done: readonly string[] | null; readonly report: Report } {
  const report = new Report(path);
  const root = readYaml(linesOf(text, report), report, { keys: KEYS });
  if (root === null && !report.hasErrors) return { done: [], report };
  const list = root === null ? null : within(root, 'activities');
  if (list?.kind !== 'list') {
    const own = new Report(path);
    own.warning(
      'plan-unreadable',
      WHOLE_FILE,
      'This is no plan that can be read.',
      'Move it away, and run "elekto plan" again.',
    );
    return { done: null, report: own };
  }
  const done = list.items.flatMap((item) => {
    const [id, mark] = [within(item, 'id'), within(item, 'done')];
    const is = mark?.kind === 'scalar' && /^(?:true|yes)$/i.test(mark.text);
    return is && id?.kind === 'scalar' ? [id.text] : [];
  });
  return { done, report };
}

const within = (node: YamlNode, key: string): YamlNode | null =>
  node.kind === 'map' ? (node.entries.find((entry) => entry.key === key)?.value ?? null) : null;
