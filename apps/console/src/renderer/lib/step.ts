import { phrase, type Phrase, type Values } from '@elekto/words';
import texts from '../texts/steps.json' with { type: 'json' };
import type { Tab } from './route.ts';

export interface NextStep {
  readonly code: keyof Texts['steps'];
  /** `good`: nothing to do. */
  readonly tone: 'good' | 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly detail: string;
  /** Where it is done and what the button there says; left out where that is not in the console. */
  readonly tab?: Tab;
  readonly action?: string;
  /** What an operator types at the server. */
  readonly command?: string;
}

type Texts = typeof texts;
type StepTexts = { readonly title: Phrase; readonly detail: Phrase; readonly action?: string };

/** A step in words. */
export function step(
  code: NextStep['code'],
  tone: NextStep['tone'],
  values: Values = {},
  where: Pick<NextStep, 'tab' | 'command'> = {},
): NextStep {
  const { title, detail, action } = texts.steps[code] as StepTexts;
  return {
    code,
    tone,
    title: phrase(title, values, 'en'),
    detail: phrase(detail, values, 'en'),
    ...where,
    ...(where.tab === undefined || action === undefined ? {} : { action }),
  };
}

/** A part of a step in words; null for a code that has none. */
export function part(topic: Exclude<keyof Texts, 'steps'>, code: string, values: Values = {}): string | null {
  const parts: Readonly<Record<string, Phrase>> = texts[topic];
  return Object.hasOwn(parts, code) ? phrase(parts[code] as Phrase, values, 'en') : null;
}
