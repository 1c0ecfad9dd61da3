/** Tampered results: what anybody can do to the files, and what the server itself could sign. */
import { hashManifest } from '@elekto/protocol/manifest';
import type { Manifest } from '@elekto/protocol/manifest';
import { ballotsRoot } from '@elekto/protocol/result';
import { changesOf } from './tamper.ts';
import { asFormat2, golden, goldenRows, SERVER, STRANGER } from './golden.ts';

export interface Tampered {
  readonly name: string;
  readonly ballots: string;
  readonly results: string;
  /** The key that is known to be the server's. */
  readonly key: string | null;
}

const BASES = [
  'schulze',
  'schulze-limit',
  'tie-decided',
  'two-limit-ties',
  'receipts-none',
  'all-ranked',
  'odd-ids',
];

/** What the server says and nothing else does: changed to another sane value and signed by the server, it is its word. */
const WORD_OF_THE_SERVER =
  /^(?:(?:eligible|closedAt|tieDecisions\.\d+\.at): one more|tieDecisions\.\d+\.by: (?:another last character|longer)|records\.\d+: another last character)$/;

/** Every small change of results.json: as it is, and signed anew by the server or a stranger. */
export function* changedResults(): Generator<Tampered> {
  for (const base of BASES) {
    const ballots = golden(`${base}/ballots.csv`);
    const file = JSON.parse(JSON.stringify(asFormat2(base))) as Record<string, never>;
    const key = SERVER.publicKey;
    for (const { name, value } of changesOf(file)) {
      const said = `${base}: ${name}`;
      yield { name: said, ballots, results: JSON.stringify(value), key };
      if (/^\.?(?:publicKey|signature)\b/.test(name) || WORD_OF_THE_SERVER.test(name)) continue;
      const anew = signedAnew(value);
      if (anew !== null) yield { name: `${said}, signed by the server`, ballots, results: anew, key };
    }
    yield {
      name: `${base}: signed by a stranger`,
      ballots,
      results: JSON.stringify(STRANGER.sign(file)),
      key,
    };
  }
}

/** null where no signature can be made, for want of a format or of numbers that canonical JSON holds. */
function signedAnew(value: unknown): string | null {
  const { format } = (value ?? {}) as { format?: unknown };
  if (format !== 'elekto-results/2' || Array.isArray(value)) return null;
  return JSON.stringify(SERVER.sign(value as object));
}

/** Every key of results.json once more, with another value, before the genuine one: needs no key of the server. */
export function* doubledKeys(): Generator<Tampered> {
  const ballots = golden('schulze/ballots.csv');
  const file = asFormat2('schulze');
  for (const key of Object.keys(file)) {
    const results = JSON.stringify(file).replace(`"${key}":`, `"${key}":null,"${key}":`);
    yield { name: `${key} twice`, ballots, results, key: null };
  }
  const inside = JSON.stringify(file).replace('"elected":', '"elected":["mary"],"elected":');
  yield { name: 'the elected twice', ballots, results: inside, key: null };
  const escaped = JSON.stringify(file).replace('"eligible":', '"\\u0065ligible":1,"eligible":');
  yield { name: 'eligible twice, once as an escape', ballots, results: escaped, key: null };
}

/** Texts that are no strict JSON though many parsers read them. */
export function* looseJson(): Generator<Tampered> {
  const ballots = golden('schulze/ballots.csv');
  const text = JSON.stringify(asFormat2('schulze'));
  const loose: Readonly<Record<string, string>> = {
    'a point': text.replace(/"cast":(\d+)/, '"cast":$1.0'),
    'an exponent': text.replace(/"cast":(\d+)/, '"cast":$1e0'),
    'half a millisecond': text.replace(/"closedAt":(\d+)/, '"closedAt":$1.5'),
    'a negative zero': text.replace('"blank":0', '"blank":-0'),
    'a number past 2^53': text.replace(/"eligible":\d+/, '"eligible":9007199254740993'),
    'a byte order mark': `\ufeff${text}`,
    'something behind it': `${text}{}`,
    'a comma too many': text.replace(/}$/, ',}'),
    NaN: text.replace(/"eligible":\d+/, '"eligible":NaN'),
    'half a character': text.replace('"Golden ', '"\\ud800 '),
    'its end cut': text.slice(0, -20),
    'brackets without end': '['.repeat(50_000),
    nothing: '',
  };
  for (const [name, results] of Object.entries(loose)) yield { name, ballots, results, key: null };
}

/** What the server itself could sign, so that only the rules refuse it. */
export function* signedByTheServer(): Generator<Tampered> {
  const base = 'schulze';
  const rows = goldenRows(base);
  const genuine = asFormat2(base);
  const csv = golden(`${base}/ballots.csv`);
  const key = SERVER.publicKey;
  const signed = (name: string, changes: object, ballots = csv): Tampered => {
    const results = JSON.stringify(SERVER.sign({ ...genuine, ...changes }));
    return { name, ballots, results, key };
  };
  const manifestIs = (name: string, changes: object): Tampered => {
    const manifest = { ...genuine.manifest, ...changes } as Manifest;
    return signed(`manifest: ${name}`, { manifest, manifestHash: hashManifest(manifest) });
  };
  const csvOf = (given: readonly (readonly (number | string)[])[]): string =>
    [genuine.manifest.candidates, ...given.map((row) => row.map((rank) => rank || 'No opinion'))]
      .map((cells) => `${cells.join(',')}\n`)
      .join('');
  const rooted = (given: readonly (readonly number[])[], trackers = genuine.trackers) =>
    ballotsRoot(given.map((ranks, i) => ({ tracker: trackers[i] ?? '', ranks })));

  const kept = rows.slice(3);
  const trackers = genuine.trackers.slice(3);
  yield signed(
    'three ballots dropped, all records kept',
    { cast: kept.length, trackers, root: rooted(kept, trackers) },
    csvOf(kept),
  );
  const stuffed = [...rows, ...rows];
  const more = genuine.trackers.flatMap((tracker) => [tracker, tracker.replace(/^./, 'f')]).toSorted();
  yield signed(
    'rows stuffed, records not',
    { cast: stuffed.length, eligible: 99, trackers: more, root: rooted(stuffed, more) },
    csvOf(stuffed),
  );
  const same = genuine.trackers.map(() => genuine.trackers[0] ?? '');
  yield signed('one tracker for all', { trackers: same, root: rooted(rows, same) });
  const high = rows.with(0, [99, 1, 2, 3, 4]);
  yield signed('rank 99 of 5', { root: rooted(high) }, csvOf(high));
  yield signed('more ballots than people', { eligible: rows.length - 1 });
  yield signed('no lists', { trackers: [], records: [], root: rooted(rows, []) });
  yield signed('renamed from itself', { openedAs: genuine.election });
  yield signed('renamed from another', { openedAs: 'other' });
  yield signed('struck, and counted all the same', { struck: [{ id: 'ada', commit: 'c1' }] });
  yield signed('a stranger struck', { struck: [{ id: 'nobody', commit: 'c1' }] });
  yield signed('a decision that settles nothing', {
    tieDecisions: [{ winners: ['ada'], how: 'a coin', by: 'officer', at: 1 }],
  });
  yield signed('a decision for nobody who stands', {
    tieDecisions: [{ winners: ['nobody'], how: 'a coin', by: 'officer', at: 1 }],
  });
  const third = JSON.stringify(genuine).replace('elekto-results/2', 'elekto-results/3');
  yield { name: 'format 3', ballots: csv, results: third, key };

  const { candidates } = genuine.manifest;
  yield manifestIs('candidates not ascending', { candidates: candidates.toReversed() });
  yield manifestIs('a candidate twice', { candidates: [...candidates, candidates[0]] });
  yield manifestIs('nobody stands', { candidates: [] });
  yield manifestIs('version 3', { version: 3 });
  yield manifestIs('version 2 without its fields', { version: 2 });
  yield manifestIs('suite 2', { suite: 2 });
  yield manifestIs('no shards', { shards: 0 });
  yield manifestIs('a key of three bytes', { publicKey: 'AAAA' });
  yield manifestIs('a key in another spelling', { publicKey: `${'A'.repeat(42)}B` });
  yield manifestIs('an unknown field', { stranger: 1 });
  yield manifestIs('an unknown method', { counting: { ...genuine.manifest.counting, method: 'lottery' } });
  yield manifestIs('another order', { counting: { ...genuine.manifest.counting, unranked: 'last' } });
  yield manifestIs('another seat', { seats: 1 });
  yield manifestIs('another election', { key: 'other' });
  yield manifestIs('opinions on all required', { allowNoOpinion: false });
  yield manifestIs('no receipts, with lists', { receipts: 'none' });
  yield manifestIs('a limit without values', { representationLimit: { field: 'employer', max: 1 } });
  yield manifestIs('values without a limit', { limitValues: {} });
  const limit = { field: 'employer', max: 1 };
  yield manifestIs('a value for a stranger', { representationLimit: limit, limitValues: { nobody: 'Acme' } });
  yield manifestIs('an empty value', { representationLimit: limit, limitValues: { ada: '' } });
}

/** Ballots that other readers take, beside a genuine result. */
export function* changedBallots(): Generator<Tampered> {
  const results = JSON.stringify(asFormat2('all-ranked'));
  const csv = golden('all-ranked/ballots.csv');
  const [header = '', first = '', ...rest] = csv.trimEnd().split('\n');
  const changed: Readonly<Record<string, string>> = {
    'a dash': csv.replace('\n1,', '\n-,'),
    'no opinion where all are required': csv.replace('\n1,', '\nNo opinion,'),
    'a leading zero': csv.replace('\n1,', '\n01,'),
    'a blank': csv.replace('\n1,', '\n 1,'),
    quotes: csv.replace('\n1,', '\n"1",'),
    'a plus': csv.replace('\n1,', '\n+1,'),
    'an empty cell': csv.replace('\n1,', '\n,'),
    'rank 0': csv.replace('\n1,', '\n0,'),
    'rank 6 of 5': csv.replace('\n1,', '\n6,'),
    'no line end': csv.trimEnd(),
    'two line ends': `${csv}\n`,
    'an empty line': csv.replace('\n', '\n\n'),
    'line ends of two kinds': csv.replace('\n', '\r\n'),
    'a byte order mark': `\ufeff${csv}`,
    'a row moved': [header, ...rest, first.replace(/^1,2/, '2,1'), ''].join('\n'),
    'a row dropped': [header, ...rest, ''].join('\n'),
    'a row doubled': [header, first, first, ...rest, ''].join('\n'),
    'a column dropped': csv.replaceAll(/,[^,\n]*\n/g, '\n'),
    'a column doubled': csv.replaceAll(/\n|$/g, (end) => (end === '\n' ? ',1\n' : '')),
    'another candidate': csv.replace('ada', 'nobody'),
    nothing: '',
  };
  for (const [name, ballots] of Object.entries(changed))
    yield { name: `ballots: ${name}`, ballots, results, key: null };
}

/** Fields of which every small change is taken: what the rules about lists and numbers are about. */
const EVERY = /^schulze: (?:records|trackers|closedAt|election|cast|eligible|root|receipts): /;

/** What everything that verifies is shown: all that is named above, and of the small changes those of `EVERY` and some of each kind. */
export const listedTamperings = (): Tampered[] => [
  ...signedByTheServer(),
  ...doubledKeys(),
  ...looseJson(),
  ...changedBallots(),
  ...[...changedResults()].filter(({ name }, i) => EVERY.test(name) || i % 61 === 0),
];
