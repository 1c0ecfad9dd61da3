/** The pictures of pages, stages and tones: one set, drawn alike, each always beside its word. */
import { createElement, type ReactElement, type SVGProps } from 'react';
import type { Stage } from '../lib/phase.ts';
import type { Tab } from '../lib/route.ts';
import { DRAWINGS, type Drawing } from './drawings.ts';

export type Icon = (props: SVGProps<SVGSVGElement>) => ReactElement;

/** Pictures stand beside their word, so that nobody has to be read what they are. */
const drawn = (drawing: Drawing): Icon =>
  function Icon(props) {
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width="24"
        height="24"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        {...props}
      >
        {drawing.map(([tag, attributes], at) => createElement(tag, { key: at, ...attributes }))}
      </svg>
    );
  };

export const TAB_ICONS: Readonly<Record<Tab, Icon>> = {
  overview: drawn(DRAWINGS.ListChecks),
  rehearsal: drawn(DRAWINGS.FlaskConical),
  exceptions: drawn(DRAWINGS.UserPlus),
  roll: drawn(DRAWINGS.Users),
  turnout: drawn(DRAWINGS.ChartLine),
  result: drawn(DRAWINGS.Trophy),
  publish: drawn(DRAWINGS.GitPullRequest),
  announce: drawn(DRAWINGS.Megaphone),
  record: drawn(DRAWINGS.ScrollText),
};

export const STAGE_ICONS: Readonly<Record<Stage, Icon>> = {
  upcoming: drawn(DRAWINGS.CalendarClock),
  waiting: drawn(DRAWINGS.Hourglass),
  open: drawn(DRAWINGS.CircleDot),
  closed: drawn(DRAWINGS.Lock),
  counted: drawn(DRAWINGS.Calculator),
  published: drawn(DRAWINGS.BadgeCheck),
  'held-elsewhere': drawn(DRAWINGS.ExternalLink),
  damaged: drawn(DRAWINGS.TriangleAlert),
};

export const SIDE_ICONS = {
  home: drawn(DRAWINGS.House),
  count: drawn(DRAWINGS.Calculator),
  keys: drawn(DRAWINGS.KeyRound),
  settings: drawn(DRAWINGS.Settings),
} as const;
export const WindowIcon = drawn(DRAWINGS.AppWindow);
export const CopyIcon = drawn(DRAWINGS.Copy);
export const FindIcon = drawn(DRAWINGS.Search);
export const OpenedIcon = drawn(DRAWINGS.ChevronDown);
export const FoldedIcon = drawn(DRAWINGS.ChevronRight);
export const WrongIcon = drawn(DRAWINGS.CircleAlert);
export const WarningIcon = drawn(DRAWINGS.TriangleAlert);
