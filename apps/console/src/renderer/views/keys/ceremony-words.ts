import type { Instant } from '@elekto/election';
import { list, phrase } from '@elekto/words';
import type { CeremonyElection, CeremonyView } from '../../../shared/keys.ts';
import { formatDayUtc } from '../../lib/time.ts';
import texts from '../../texts/keys.json' with { type: 'json' };

interface Standing {
  readonly tone: 'info' | 'warn' | 'bad' | 'good';
  readonly title: string;
  readonly text: string | null;
}

export const nameList = (names: readonly string[]): string => list(names, 'en');

/** Where a ceremony stands, and who is waited for. */
export function standingOf(ceremony: CeremonyView): Standing {
  const { state, waitingFor, dispute, inGit, unheard, reason, officers, silent } = ceremony;
  const own = officers.find((officer) => officer.own)?.login;
  const missing = nameList(waitingFor.map((login) => (login === own ? 'you' : login)));
  const said = { missing, dealer: dispute?.dealer ?? '', complainer: dispute?.complainer ?? '' };
  const { standing } = texts;
  switch (state) {
    case 'dealing':
    case 'confirming':
      return {
        tone: silent.some(({ isOverdue }) => isOverdue) ? 'warn' : 'info',
        title: phrase(standing[state].title, said, 'en'),
        text: null,
      };
    case 'disputed':
      return {
        tone: 'warn',
        title: phrase(standing.disputed.title, said, 'en'),
        text: phrase(standing.disputed.text, said, 'en'),
      };
    case 'complete':
      return {
        tone: 'good',
        title: standing[inGit ? 'in-git' : 'complete'].title,
        text: unheard.length === 0 ? null : unheard.map(besideOf).join(' '),
      };
    case 'void':
      return { tone: 'bad', title: standing.void.title, text: reason };
  }
}

/** Of somebody who signed something else than the file in git has of them. */
const besideOf = ({ login, kind }: CeremonyView['unheard'][number]): string =>
  phrase(texts.unheard.text, { login, signed: texts.unheard[kind] }, 'en');

/** Who else is silent since when, what it means, and the way out, a paragraph each; none where nobody is. */
export function silenceOf(
  { state, silent, takes, officers, elections }: CeremonyView,
  now: Instant,
): readonly string[] {
  const others = silent.filter(({ login }) => !officers.some((one) => one.own && one.login === login));
  if (others.length === 0) return [];
  const overdue = others.filter(({ isOverdue }) => isOverdue).map(({ login }) => login);
  const said = { missing: nameList(overdue), days: takes / 86_400_000 };
  const { since, ask, waits } = texts.silent;
  const goesOn = (state === 'dealing' || state === 'confirming') && overdue.length === 0;
  const [early, late] = goesOn
    ? [texts.silent['on-course'], texts.silent['last-days']]
    : [texts.silent.opens, texts.silent.late];
  return [
    ...others.map((one) => phrase(since, { login: one.login, day: formatDayUtc(one.since) }, 'en')),
    phrase(overdue.length === 0 ? ask : texts.silent.overdue, said, 'en'),
    ...elections.map(({ name, opensAt }) => {
      const last = opensAt - takes;
      const text = opensAt <= now ? waits : last > now ? early : late;
      const by = formatDayUtc(last);
      return phrase(text, { name, day: formatDayUtc(opensAt), by, days: said.days }, 'en');
    }),
  ];
}

/** The elections of a key for which this officer has not shown yet that they hold their share. */
export function notShown({ step, inGit, officers, elections }: CeremonyView): readonly CeremonyElection[] {
  const own = officers.find((officer) => officer.own);
  if (!inGit || step !== 'complete' || own === undefined) return [];
  return elections.filter(({ ready }) => !ready.includes(own.login));
}

/** What this officer does next, in a sentence. */
export function nextOf(ceremony: CeremonyView): string {
  const { next } = texts;
  const { step, inGit, officers } = ceremony;
  if (step === 'complete' && !inGit) return next.propose;
  if (step === 'complete') return next[notShown(ceremony).length > 0 ? 'show' : 'in-git'];
  if (step !== null) return next[step];
  return next[officers.some(({ own }) => own) ? 'closed' : 'stranger'];
}
