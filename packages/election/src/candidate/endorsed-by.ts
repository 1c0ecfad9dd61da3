import { cleanLogin, isPossibleLogin } from '../login.ts';
import type { Candidate, Endorsement } from '../model.ts';
import type { Place, Report } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import { isNothing, type YamlEntry, type YamlNode } from '../yaml/tree.ts';

interface Line {
  readonly login: string;
  readonly value: string;
  readonly place: Place;
}

/** `endorsed_by:`, `- login` or `- login: what they say` a line, and `nominated_by:` of a candidate's header. */
export function readEndorsedBy(
  entries: ReadonlyMap<string, YamlEntry>,
  report: Report,
): Pick<Candidate, 'endorsedBy' | 'nominatedBy'> {
  const endorsed = entries.get('endorsed_by');
  const endorsedBy = (endorsed ? linesIn(endorsed.value) : []).flatMap((line): Endorsement[] => {
    const login = loginOf(line, 'endorsed_by', report);
    return login === null ? [] : [{ login, value: line.value, line: line.place.line }];
  });
  const [first] = linesIn(entries.get('nominated_by')?.value);
  const nominatedBy = first === undefined ? null : loginOf(first, 'nominated_by', report);
  return { ...(endorsedBy.length > 0 && { endorsedBy }), ...(nominatedBy !== null && { nominatedBy }) };
}

function loginOf({ login: written, place }: Line, key: string, report: Report): string | null {
  const login = cleanLogin(written);
  if (isPossibleLogin(login)) return login;
  report.warning(
    'candidate-endorser-not-login',
    place,
    `${quoted(written)} in "${key}" is not a login and was left out.`,
    `Write the login, and after a colon what tells endorsers apart: "  - grace: Navy".`,
  );
  return null;
}

function linesIn(node: YamlNode | undefined): readonly Line[] {
  if (node === undefined || isNothing(node)) return [];
  if (node.kind === 'list') return node.items.flatMap((item) => linesIn(item));
  if (node.kind === 'map')
    return node.entries.map(({ key, value, source, place }) => ({
      login: trimInvisible(key),
      value: trimInvisible(value.kind === 'scalar' ? value.text : source).replace(/\s+/gu, ' '),
      place,
    }));
  return node.text
    .split(',')
    .map((part) => /^([^()]*)(?:\(([^()]*)\))?$/.exec(part.trim()) ?? [part, part, ''])
    .map(([, login = '', value = '']) => ({
      login: trimInvisible(login),
      value: trimInvisible(value),
      place: node.place,
    }))
    .filter(({ login }) => login !== '');
}
