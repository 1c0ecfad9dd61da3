/** The pictures of pages, stages and tones: one set, drawn alike, each always beside its word. */
import {
  AppWindow,
  BadgeCheck,
  Calculator,
  CalendarClock,
  ChartLine,
  CircleDot,
  Copy,
  ExternalLink,
  FlaskConical,
  GitPullRequest,
  Hourglass,
  House,
  KeyRound,
  ListChecks,
  Lock,
  Megaphone,
  ScrollText,
  Search,
  Settings,
  TriangleAlert,
  Trophy,
  UserPlus,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { Stage } from '../lib/phase.ts';
import type { Tab } from '../lib/route.ts';

export const TAB_ICONS: Readonly<Record<Tab, LucideIcon>> = {
  overview: ListChecks,
  rehearsal: FlaskConical,
  exceptions: UserPlus,
  roll: Users,
  turnout: ChartLine,
  result: Trophy,
  publish: GitPullRequest,
  announce: Megaphone,
  record: ScrollText,
};

export const STAGE_ICONS: Readonly<Record<Stage, LucideIcon>> = {
  upcoming: CalendarClock,
  waiting: Hourglass,
  open: CircleDot,
  closed: Lock,
  counted: Calculator,
  published: BadgeCheck,
  'held-elsewhere': ExternalLink,
  damaged: TriangleAlert,
};

export const SIDE_ICONS = { home: House, count: Calculator, keys: KeyRound, settings: Settings } as const;
export { AppWindow as WindowIcon, Copy as CopyIcon, Search as FindIcon };
