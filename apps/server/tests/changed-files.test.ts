/** What the public reads of an election whose files were changed while it was held, or after it: in built pages, open data and feeds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Election } from '@elekto/election';
import type { Person } from '@elekto/ballot-box';
import { toResultsMarkdown } from '@elekto/words';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  at,
  castFor,
  CLOSES,
  must,
  newPerson,
  OPENS,
  startWorld,
} from '../../../packages/ballot-box/tests/support.ts';
import type { World } from '../../../packages/ballot-box/tests/support.ts';
import { definition, FolderSite, plain, profile, roll } from './support/folder-site.ts';

const HOUR = 3_600_000;
const FILES = {
  'election.yaml': definition(1),
  'voters.yaml': roll(2),
  // An id that is a word of the sentences around it.
  'candidate-may.md': profile('may'),
  'candidate-bob.md': profile('bob'),
};

/** Two of one employer, who tie for the seat that its limit leaves them. */
const LIMITED = {
  'election.yaml': definition(2, 'representation_limit: {field: employer, max: 1}\n'),
  'voters.yaml': roll(2),
  'candidate-ada.md': profile('ada', 'employer: Acme'),
  'candidate-bab.md': profile('bab', 'Employer: ACME'),
  'candidate-cy.md': profile('cy', 'employer: Other'),
};
/** Both ends moved, while the election was open. */
const LATER = definition(1, '', CLOSES + 900 * HOUR).replace(
  /start_datetime: .*/,
  'start_datetime: 2026-10-03 00:00:00',
);
const DECISION = { winners: ['may'], how: 'By lot, in public.' };

interface Feed {
  readonly items: readonly { id: string; summary?: string; content_html?: string }[];
}
interface OpenData {
  readonly elections: readonly {
    key: string;
    name: string;
    status: string;
    result: string;
    drift: string[];
    opensAt: string;
    closesAt: string;
    results: { elected: string[] | null } | null;
  }[];
}

describe('what is read of an election whose files change', () => {
  const base = mkdtempSync(join(tmpdir(), 'elekto-changed-'));
  let world: World;
  let files: FolderSite;
  let officer: Person;
  let page: (path: string) => string;
  let limited: Election;
  let merges = 0;

  const merge = async (key: string, changes: Readonly<Record<string, string | null>>): Promise<Election> => {
    const election = files.write(`elections/${key}`, changes);
    must(await world.box.ensureOpened(election, at(`c${(merges += 1)}`)));
    return election;
  };
  /** Opened, and with a ballot for each of the two candidates: a tie. */
  async function open(key: string): Promise<Election> {
    world.clock.now = OPENS + 1000;
    const election = await merge(key, FILES);
    const [one, other] = [await newPerson(world, 'voter-0'), await newPerson(world, 'voter-1')];
    await castFor(world, election, one, { may: 1, bob: 2 });
    await castFor(world, election, other, { bob: 1, may: 2 });
    return election;
  }
  /** Counted; afterwards end and seats are edited. */
  async function count(key: string): Promise<Election> {
    const election = await open(key);
    world.clock.now = CLOSES + 1000;
    must(await world.box.close(election));
    must(await world.box.finalise(election));
    return merge(key, { 'election.yaml': definition(2, '', CLOSES + 90 * HOUR) });
  }
  const decide = async (election: Election): Promise<void> => {
    must(await world.box.recordTieDecision(election, officer, DECISION));
  };
  /** Takes the present result into the folder, or what is made of it. */
  async function publish(election: Election, edited = (json: string) => json): Promise<Election> {
    const { outcome, eligible, manifest } = must(await world.box.outcome(election, officer));
    const names = manifest.version === 2 ? manifest.names : {};
    return files.write(election.folder, {
      'ballots.csv': must(await world.box.ballotsCsv(election, officer)),
      'results.json': edited(must(await world.box.resultsJson(election, officer))),
      'results.md': toResultsMarkdown({ outcome, election: election.name, eligible, names }),
    });
  }

  beforeAll(async () => {
    world = await startWorld('sqlite');
    files = new FolderSite(base, world);
    officer = await newPerson(world, 'officer');
    const tied = await publish(await count('tied'));
    const superseded = await publish(await count('superseded'));
    await decide(superseded);
    const again = await count('again');
    await decide(again);
    const disputed = await count('disputed');
    await decide(disputed);
    const ended = [
      tied,
      superseded,
      await publish(again),
      await publish(disputed, (json) => json.replace(DECISION.how, 'By acclamation.')),
    ];
    world.clock.now = OPENS + 1000;
    limited = await merge('limited', LIMITED);
    const [one, other] = [await newPerson(world, 'voter-0'), await newPerson(world, 'voter-1')];
    await castFor(world, limited, one, { cy: 1, ada: 2, bab: 3 });
    await castFor(world, limited, other, { cy: 1, bab: 2, ada: 3 });
    world.clock.now = CLOSES + 1000;
    must(await world.box.close(limited));
    must(await world.box.finalise(limited));
    limited = await publish(limited);
    ended.push(limited);
    world.clock.now = OPENS + 1000;
    await open('edited');
    const edited = await merge('edited', {
      'candidate-bob.md': null,
      'candidate-cy.md': profile('cy'),
      'election.yaml': LATER.replace('name: Election', 'name: Council'),
    });
    world.clock.now = CLOSES + 2000;
    page = await files.build('site', [...ended, edited]);
  }, 600_000);
  afterAll(async () => {
    await world.end();
    rmSync(base, { recursive: true, force: true });
  });

  const entry = (key: string) =>
    (JSON.parse(page('elections.json')) as OpenData).elections.find((each) => each.key === key);
  const text = (path: string): string => plain(page(`elections/${path}/index.html`)).replace(/\s+/g, ' ');
  const feeds = (key: string): string[] =>
    ['json', 'atom', 'rss'].map((kind) => page(`elections/${key}/feed.${kind}`));
  const resultItems = (key: string) =>
    (JSON.parse(page(`elections/${key}/feed.json`)) as Feed).items.filter(({ id }) =>
      id.includes('#results'),
    );

  it('names a candidate whose file is gone as the ballot does, and tells who came and went', () => {
    expect(text('edited')).toContain(
      'Name of bob was taken out of the files after voting began and is still on the ballot.',
    );
    expect(text('edited')).toContain('Name of cy was added after voting began and is not on this ballot.');
    expect(entry('edited')?.drift).toEqual(['candidates-added', 'candidates-removed', 'name-changed']);
  });

  it('keeps the name under which people voted, so that no result passes to another body', () => {
    expect(text('edited')).toContain(
      'The files call this election “Council” since voting began. Ballots are cast for “Election”',
    );
    expect(entry('edited')?.name).toBe('Election');
    expect(page('elections/edited/index.html')).toMatch(/<title>Election /);
  });

  it('is upcoming again where the start was moved later', () => {
    expect(entry('edited')).toMatchObject({
      status: 'upcoming',
      opensAt: '2026-10-03T00:00:00Z',
      result: 'none',
    });
  });

  it.each(['tied', 'superseded', 'again', 'disputed'])(
    'gives the real close of the %s one, although its end was moved into the future afterwards',
    (key) => {
      expect(entry(key)).toMatchObject({
        status: 'results',
        closesAt: '2026-09-27T23:59:59Z',
        drift: ['seats-changed', 'end-after-close'],
      });
      expect(text(key)).toContain('The files name another end since the election closed');
    },
  );

  it('elects nobody while the ballots tie, as many seats as the files may say afterwards', () => {
    expect(entry('tied')).toMatchObject({ result: 'signed', results: { elected: [] } });
    for (const told of [text('tied/results'), ...feeds('tied')]) {
      expect(told).toMatch(/Name of (bob and Name of may|may and Name of bob) are tied/);
      expect(told).not.toMatch(/(is|are) elected/);
    }
  });

  it('takes no decision that the seat limit rules out, and goes on naming the one who is elected alone', async () => {
    const decision = { winners: ['ada', 'bab'], how: 'By lot.' };
    expect((await world.box.recordTieDecision(limited, officer, decision)).ok).toBe(false);
    const told = await files.build('after-the-refusal', [limited]);
    const [entry] = (JSON.parse(told('elections.json')) as OpenData).elections;
    expect(entry).toMatchObject({ result: 'signed', results: { elected: ['cy'] } });
    for (const feed of feeds('limited')) expect(feed).toContain('Name of cy is elected.');
    expect(text('limited/results')).not.toMatch(/Name of (ada|bab) (is|and [^.]* are) elected/);
    expect(text('limited/results')).toMatch(/Name of (ada and Name of bab|bab and Name of ada) are tied/);
  });

  it('names nobody while files from before the decision lie there', () => {
    expect(entry('superseded')).toMatchObject({ result: 'superseded', results: { elected: null } });
    for (const told of [text('superseded/results'), ...feeds('superseded')])
      expect(told).not.toMatch(/(is|are) elected/);
  });

  it('names the winner of a decision that was published, by name, on page and in all feeds', () => {
    expect(entry('again')).toMatchObject({ result: 'signed', results: { elected: ['may'] } });
    for (const told of [text('again/results'), ...feeds('again')])
      expect(told).toContain('Name of may is elected');
    expect(text('again/results')).toContain(DECISION.how);
    // The id is a word of English: it stands nowhere in the place of the name.
    expect(text('again/results')).not.toMatch(/(?<!Name of )\bmay (is|beats|and)\b/);
  });

  it('shows no winner, and says what is wrong, once a word of the published result is another', () => {
    expect(entry('disputed')).toMatchObject({ result: 'disputed', results: { elected: null } });
    for (const feed of feeds('disputed')) expect(feed).not.toMatch(/(is|are) elected/);
    expect(text('disputed/results')).toContain(
      'The signature of results.json is not valid: it was changed, or signed by another server.',
    );
  });

  it('has an entry of its own in the feeds for each state, so that no reader keeps an old one in silence', () => {
    const ids = ['tied', 'superseded', 'again', 'disputed'].map((key) => {
      const items = resultItems(key);
      expect(items, key).toHaveLength(1);
      return items[0]?.id.replace(key, 'board');
    });
    expect(new Set(ids).size).toBe(4);
  });
});
