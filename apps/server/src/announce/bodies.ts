/** What each kind of hook is sent: the same words, put so that no name in them does anything there. */
import {
  announce,
  escapeMarkdown,
  type AnnouncedElection,
  type AnnouncementCode,
  type Marks,
} from '@elekto/words';

import type { HookFormat } from '../config/announce.ts';

export interface Told {
  readonly code: AnnouncementCode;
  readonly key: string;
  readonly at: number;
  readonly election: AnnouncedElection;
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
/** A name like "@everyone" calls nobody. */
const unmentioned = (text: string): string => text.replaceAll('@', '@\u200b');
/** Of the marks of Slack's mrkdwn only those that make links and mentions can be escaped; the others are taken out of their place. */
const slackPlain = (text: string): string =>
  unmentioned(escapeXml(text).replace(/[*_~`]/g, (mark) => `\u200b${mark}\u200b`));

const MARKS = {
  text: { plain: (text) => text.replace(/\s+/g, ' '), strong: (text) => text },
  slack: { plain: slackPlain, strong: (text) => `*${text}*` },
  discord: { plain: (text) => unmentioned(escapeMarkdown(text)), strong: (text) => `**${text}**` },
  matrixText: { plain: (text) => unmentioned(text.replace(/\s+/g, ' ')), strong: (text) => text },
  matrixHtml: {
    plain: (text) => unmentioned(escapeXml(text)),
    strong: (text) => `<strong>${text}</strong>`,
  },
} satisfies Record<string, Marks>;

/** The body of one announcement for hooks of this format; each is JSON. */
export function bodyOf(format: HookFormat, told: Told): string {
  return JSON.stringify(BODIES[format](told));
}

const BODIES: Readonly<Record<HookFormat, (told: Told) => object>> = {
  json: (told) => {
    const { opensAt, closesAt, url, name, elected, turnout } = told.election;
    return {
      type: `election.${told.code}`,
      timestamp: new Date(told.at).toISOString(),
      data: {
        election: told.key,
        name,
        url,
        opensAt: new Date(opensAt).toISOString(),
        closesAt: new Date(closesAt).toISOString(),
        ...(told.code === 'result' ? { elected, turnout } : {}),
        text: lines(told, MARKS.text),
      },
    };
  },
  slack: (told) => ({ text: lines(told, MARKS.slack) }),
  // As matrix-hookshot takes it: the text for notices, the markup for what is shown.
  matrix: (told) => ({ text: lines(told, MARKS.matrixText), html: markup(told) }),
  discord: (told) => ({
    content: fitting(told, MARKS.discord, DISCORDS_MOST),
    allowed_mentions: { parse: [] },
  }),
};

/** Discord refuses a longer message for good: https://discord.com/developers/docs/resources/webhook#execute-webhook */
const DISCORDS_MOST = 2000;
/** UTF-16 code units of an election's name, before any mark, where all names are too long for the place. */
const LONGEST_NAME = 200;

function lines({ code, election }: Told, marks: Marks, named?: number): string {
  const { title, paragraphs } = announce(code, election, marks, 'en', named);
  return [marks.strong(title), ...paragraphs].join('\n');
}

/** In at most so many UTF-16 code units: as many of those elected as there is room for, and how many more the page names. */
function fitting(told: Told, marks: Marks, most: number): string {
  const whole = lines(told, marks);
  if (whole.length <= most) return whole;
  const { election } = told;
  const brief = { ...told, election: { ...election, name: cut(election.name, LONGEST_NAME) } };
  for (let named = election.elected?.length ?? 0; named > 0; named -= 1) {
    const text = lines(brief, marks, named);
    if (text.length <= most) return text;
  }
  return lines(brief, marks, 0);
}

/** By whole characters: half of one would be none. */
const cut = (text: string, most: number): string => {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length >= most) break;
    kept += character;
  }
  return `${kept}\u2026`;
};

function markup({ code, election }: Told): string {
  const { title, paragraphs } = announce(code, election, MARKS.matrixHtml, 'en');
  return [`<strong>${title}</strong>`, ...paragraphs].map((text) => `<p>${text}</p>`).join('');
}
