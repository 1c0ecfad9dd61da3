import { unsafeIn } from '../checks/names.ts';
import { LIMITS } from '../limits.ts';
import { linesOf } from '../lines.ts';
import type { SiteFile } from '../model.ts';
import { Report } from '../report.ts';
import { withinSize } from '../size.ts';
import { quoted, trimInvisible } from '../text.ts';
import { knownFields } from '../yaml/known-fields.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { isNothing, type YamlNode } from '../yaml/tree.ts';

/** What a file that is not there says. */
export const NO_SITE: SiteFile = { name: null, accent: null, url: null, language: null };

const FIELDS = ['name', 'accent', 'url', 'language'] as const;
type Field = (typeof FIELDS)[number];
const KEYS: ReadonlySet<string> = new Set(FIELDS);

const LONGEST_NAME = 80;

/** A value as it is used, or why it cannot be, with what to do. */
type Judged = { readonly value: string } | { readonly why: string; readonly hint: string };

export interface SiteFileReading {
  readonly site: SiteFile;
  readonly report: Report;
}

/**
 * Reads site.yaml: a map with `name`, `accent`, `url` and `language`, each optional. A field with anything wrong is an
 * error and not used; the others are.
 */
export function readSiteFile(path: string, text: string): SiteFileReading {
  const report = new Report(path);
  if (!withinSize(text, LIMITS.siteYaml, report)) return { site: NO_SITE, report };
  const root = readYaml(linesOf(text, report), report, { keys: KEYS });
  if (!root || isNothing(root)) return { site: NO_SITE, report };
  if (root.kind !== 'map') {
    report.error('site-shape', root.place, 'The file is not a map.', 'Write "name: " and the name to show.');
    return { site: NO_SITE, report };
  }
  const found = new Map<Field, string | null>();
  for (const [field, { value, place }] of knownFields(root, FIELDS, report)) {
    if (found.has(field)) {
      // Nobody knows which is meant.
      found.set(field, null);
      report.error('site-value', place, `"${field}" stands twice; neither is used.`, 'Keep one of them.');
    } else {
      const judged = judge(field, value);
      found.set(field, judged && 'value' in judged ? judged.value : null);
      if (judged && 'why' in judged)
        report.error('site-value', place, `"${field}" ${judged.why}; it is not used.`, judged.hint);
    }
  }
  const of = (field: Field): string | null => found.get(field) ?? null;
  return {
    site: { name: of('name'), accent: of('accent'), url: of('url'), language: of('language') },
    report,
  };
}

/** Null for a field that says nothing. */
function judge(field: Field, node: YamlNode): Judged | null {
  if (node.kind !== 'scalar') return { why: 'is not one text', hint: `Write "${field}: " and a text.` };
  if (isNothing(node))
    return field === 'accent' && node.comment !== ''
      ? { why: 'is empty, as # begins a comment', hint: 'Put the colour in quotation marks.' }
      : null;
  return READERS[field](trimInvisible(node.text));
}

const READERS: Readonly<Record<Field, (text: string) => Judged>> = {
  name(text) {
    const hint = `Write the organisation's name as people know it, in at most ${LONGEST_NAME} characters.`;
    if (text === '') return { why: 'is empty', hint };
    const length = [...text].length;
    if (length > LONGEST_NAME) return { why: `has ${length} characters`, hint };
    const unsafe = unsafeIn(text, 'title');
    return unsafe === null ? { value: text } : { why: unsafe, hint };
  },
  accent: (text) =>
    /^#[0-9a-f]{6}$/i.test(text)
      ? { value: text }
      : { why: `is no colour: ${quoted(text)}`, hint: 'Write six hexadecimal digits like "#2a5bd7".' },
  url(text) {
    const url = URL.parse(text);
    return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
      ? { value: url.href }
      : {
          why: `is no address of a page: ${quoted(text)}`,
          hint: "Write the organisation's own page, beginning with https://.",
        };
  },
  language(text) {
    try {
      const [language] = Intl.getCanonicalLocales(text);
      if (language !== undefined) return { value: language };
    } catch {
      // Told below.
    }
    return {
      why: `is no language: ${quoted(text)}`,
      hint: 'Write the tag of the language in which elections and profiles are written, such as "en" or "pt-BR".',
    };
  },
};
