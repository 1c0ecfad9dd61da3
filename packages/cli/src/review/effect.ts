/* eslint elekto/words-in-catalogue: off -- for whoever merges, in English as the repository's hosts are */
import { nominationsAt, opens, phaseAt, type Election, type Instant, hasEnded } from '@elekto/election';
import { driftFrom, makeManifest, type Drift } from '@elekto/protocol/manifest';
import { driftWords, say } from '@elekto/words';
import { moment } from './text.ts';

/** What a merge at `now` would do with an election, one sentence each; plain text. */
export function effectOf(before: Election | null, after: Election | null, now: Instant): readonly string[] {
  if (after === null) return before === null ? [] : removed(before, now);
  if (before === null) return appeared(after, now);
  const phase = phaseAt(before, now);
  if (phase === 'upcoming') return upcoming(before, after, now);
  const words = (all: readonly Drift[]): readonly string[] =>
    all.map((each) => driftWords(each, namesOf(before, after), moment, 'en'));
  const [said, dates] = [words(definitionDrift(before, after)), words(dateDrift(before, after, now))];
  const published = after.resultsJson !== before.resultsJson || after.results !== before.results;
  if (phase === 'ended')
    return [
      `Voting ended ${moment(before.closesAt)}: who stands, the rule, the seats and the roll are as the ballots have them, whatever the files say.`,
      ...said,
      ...dates,
      ...(published
        ? ['What is published of the result changes; the site says whether it agrees with the ballots.']
        : []),
    ];
  const moved = after.closesAt !== before.closesAt && dates.length === 0;
  return [
    ...(said.length > 0
      ? [
          'Voting has begun. What this changes takes effect only as long as nobody has voted. Once somebody has:',
          ...said,
        ]
      : moved || dates.length > 0
        ? []
        : ['Voting has begun; what this changes takes effect all the same.']),
    ...dates,
    ...(published ? ['Nothing of a result is shown while voting is open.'] : []),
    ...(moved ? [`The end moves to ${moment(after.closesAt)}, also when people have voted.`] : []),
    ...waits(after),
  ];
}

function namesOf(...elections: readonly Election[]): Record<string, string> {
  return Object.fromEntries(
    elections.flatMap(({ candidates }) => candidates.map(({ id, name }) => [id, name])),
  );
}

/** What differs from what a first ballot fixes: the server asks the same. Keys are the custody file's, which is reviewed by itself. */
function definitionDrift(before: Election, after: Election): readonly Drift[] {
  const { custody: was, ...old } = before;
  const { custody: is, ...now } = after;
  const keys = { sealing: '', box: '' };
  const pinned = makeManifest(old, { kind: 'election', run: '', keys, sourceCommit: '' });
  const moved = was?.file === is?.file ? [] : [{ code: 'custody-changed' } as const];
  return [...driftFrom(pinned, now), ...moved];
}

function dateDrift(before: Election, after: Election, now: Instant): readonly Drift[] {
  if (after.closesAt === before.closesAt) return [];
  const dates = { file: after.closesAt, holds: before.closesAt };
  if (phaseAt(before, now) === 'ended') return [{ code: 'end-after-close', ...dates }];
  return hasEnded(after, now) ? [{ code: 'end-in-the-past', ...dates }] : [];
}

function appeared(after: Election, now: Instant): readonly string[] {
  switch (phaseAt(after, now)) {
    case 'upcoming':
      return [`The election appears as coming up; voting opens ${moment(after.opensAt)}.`, ...waits(after)];
    case 'open':
      return [
        `Its start has passed: voting opens at once, until ${moment(after.closesAt)}.`,
        ...waits(after),
      ];
    case 'ended':
      return [
        'Its end has passed: it never opens here, and is shown as held elsewhere where a result lies beside it.',
      ];
  }
}

function upcoming(before: Election, after: Election, now: Instant): readonly string[] {
  if (hasEnded(after, now)) return ['The new end has passed: voting would never open.'];
  if (now >= after.opensAt) return ['The new start has passed: voting opens at once.', ...waits(after)];
  const late = after.candidates.filter(({ id }) => !before.candidates.some((other) => other.id === id));
  const over = after.nominations !== undefined && nominationsAt(after, now) === 'over' && late.length > 0;
  return [
    'Voting has not begun: all of this takes effect.',
    ...(over && after.nominations
      ? [
          `Nominations closed ${moment(after.nominations.closesAt)}; nothing but this review keeps a later candidate away.`,
        ]
      : []),
    ...(after.opensAt - now < 48 * 3_600_000 ? waits(after) : []),
  ];
}

function removed(before: Election, now: Instant): readonly string[] {
  switch (phaseAt(before, now)) {
    case 'upcoming':
      return ['The election disappears from the site. Requests for exceptions are kept.'];
    case 'open':
      return [
        'Voting has begun: the election becomes withdrawn. It takes no ballots, keeps those that it has, and is counted at its end. It returns with its folder.',
      ];
    case 'ended':
      return [
        'The election and its result disappear from the site; the ballots are kept. It returns with its folder.',
      ];
  }
}

function waits(election: Election): readonly string[] {
  const { waiting } = opens(election);
  return waiting === null ? [] : [`As it stands it cannot open. ${say('en', 'waiting', waiting)}`];
}
