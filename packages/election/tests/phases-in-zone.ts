import { nextChangeAt, phaseAt, readElection } from '../src/index.ts';

/** Prints what this process, in whatever time zone it runs, makes of a few elections around every moment of theirs. */
const DATES = [
  ['2026-03-29 00:00:01', '2026-03-29 03:30:00', '2026-03-29 02:30:00'],
  ['2026-11-01 01:30:00', '2026-11-01 23:59:00', '2026-11-01 01:59:59'],
  ['2026-12-31', '2026-12-31', '2026-12-31'],
  ['2026-09-06T00:00:01+14:00', '2026-09-30 11:59:59 -0700', '2026-09-17 11:59:59Z'],
] as const;

const lines = DATES.map(([start, end, due]) => {
  const text = `name: x\nstart_datetime: ${start}\nend_datetime: ${end}\nexception_due: ${due}\nno_winners: 1\nelection_officers: [a]\n`;
  const { election } = readElection('e/x', 'e', [{ path: 'e/x/election.yaml', text }]);
  if (!election) return 'unreadable';
  const { opensAt, closesAt, exceptionsDueAt } = election;
  const moments = [opensAt, closesAt, exceptionsDueAt].flatMap((at) => [at - 1, at, at + 1]);
  return [
    opensAt,
    closesAt,
    exceptionsDueAt,
    ...moments.map((now) => `${phaseAt(election, now)}/${nextChangeAt([election], now)}`),
  ].join(' ');
});
process.stdout.write(JSON.stringify({ offset: new Date(0).getTimezoneOffset(), lines }));
