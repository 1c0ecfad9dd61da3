import { phrase, type Phrase, type Values } from '@elekto/words';
import texts from './next-step.json' with { type: 'json' };
import type { Tab } from './route.ts';

export interface NextStep {
  /** `good`: nothing to do. */
  readonly tone: 'good' | 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly detail: string;
  /** Where it is done; left out where that is not in the console. */
  readonly tab?: Tab;
  /** What an operator types at the server. */
  readonly command?: string;
}

type Texts = typeof texts;

/** A step in words. */
export function step(
  code: keyof Texts['steps'],
  tone: NextStep['tone'],
  values: Values = {},
  where: Pick<NextStep, 'tab' | 'command'> = {},
): NextStep {
  const { title, detail } = texts.steps[code] as { title: Phrase; detail: Phrase };
  return { tone, title: phrase(title, values, 'en'), detail: phrase(detail, values, 'en'), ...where };
}

/** A part of a step in words; null for a code that has none. */
export function part(topic: Exclude<keyof Texts, 'steps'>, code: string, values: Values = {}): string | null {
  const parts: Readonly<Record<string, Phrase>> = texts[topic];
  return Object.hasOwn(parts, code) ? phrase(parts[code] as Phrase, values, 'en') : null;
}
