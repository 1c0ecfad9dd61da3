import type { WaitingReason } from '@elekto/election';

import deAnnounce from './de/announce.json' with { type: 'json' };
import deChecks from './de/checks.json' with { type: 'json' };
import deDisputes from './de/disputes.json' with { type: 'json' };
import deDrift from './de/drift.json' with { type: 'json' };
import deMethods from './de/methods.json' with { type: 'json' };
import deOutcome from './de/outcome.json' with { type: 'json' };
import deRefusals from './de/refusals.json' with { type: 'json' };
import deReport from './de/report.json' with { type: 'json' };
import deRoll from './de/roll.json' with { type: 'json' };
import deTurnout from './de/turnout.json' with { type: 'json' };
import deWaiting from './de/waiting.json' with { type: 'json' };
import enAnnounce from './en/announce.json' with { type: 'json' };
import enChecks from './en/checks.json' with { type: 'json' };
import enDisputes from './en/disputes.json' with { type: 'json' };
import enDrift from './en/drift.json' with { type: 'json' };
import enMethods from './en/methods.json' with { type: 'json' };
import enOutcome from './en/outcome.json' with { type: 'json' };
import enRefusals from './en/refusals.json' with { type: 'json' };
import enReport from './en/report.json' with { type: 'json' };
import enRoll from './en/roll.json' with { type: 'json' };
import enTurnout from './en/turnout.json' with { type: 'json' };
import enWaiting from './en/waiting.json' with { type: 'json' };
import type { Lang } from './languages.ts';
import type { Phrase } from './phrase.ts';

/** What was refused, and what to do next; `officer` where an election officer does something else than a voter. */
export interface RefusalTexts {
  readonly title: string;
  readonly help: string;
  readonly officer?: string;
}

/** Every topic of one language. English says which codes there are; the compiler asks other languages for them. */
export interface Catalogue {
  readonly announce: Readonly<Record<keyof typeof enAnnounce, Phrase>>;
  readonly checks: Readonly<Record<keyof typeof enChecks, Phrase>>;
  readonly disputes: Readonly<Record<keyof typeof enDisputes, Phrase>>;
  readonly drift: Readonly<Record<keyof typeof enDrift, Phrase>>;
  readonly methods: Readonly<Record<keyof typeof enMethods, string>>;
  readonly outcome: Readonly<Record<keyof typeof enOutcome, Phrase>>;
  readonly refusals: Readonly<Record<keyof typeof enRefusals, RefusalTexts>>;
  readonly report: Readonly<Record<keyof typeof enReport, Phrase>>;
  readonly roll: Readonly<Record<keyof typeof enRoll, Phrase>>;
  readonly turnout: Readonly<Record<keyof typeof enTurnout, Phrase>>;
  /** Why an election does not open. */
  readonly waiting: Readonly<Record<WaitingReason, Phrase>>;
}
export type Topic = keyof Catalogue;

const CATALOGUES: Readonly<Record<Lang, Catalogue>> = {
  en: {
    announce: enAnnounce,
    checks: enChecks,
    disputes: enDisputes,
    drift: enDrift,
    methods: enMethods,
    outcome: enOutcome,
    refusals: enRefusals,
    report: enReport,
    roll: enRoll,
    turnout: enTurnout,
    waiting: enWaiting,
  },
  de: {
    announce: deAnnounce,
    checks: deChecks,
    disputes: deDisputes,
    drift: deDrift,
    methods: deMethods,
    outcome: deOutcome,
    refusals: deRefusals,
    report: deReport,
    roll: deRoll,
    turnout: deTurnout,
    waiting: deWaiting,
  },
};

/** The texts of a language: plain data, which a page can hand to its scripts. */
export const catalogueOf = (lang: Lang): Catalogue => CATALOGUES[lang];
