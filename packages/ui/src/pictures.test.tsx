import { count } from '@elekto/tally';
import type { Outcome } from '@elekto/tally';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { layoutBeatGraph } from './beat-graph-layout.ts';
import { BeatGraph, BeatList, Heatmap, RankList, Turnout } from './index.ts';

const ids = ['a', 'b', 'c', 'd'];
const names = { a: 'Ada', b: 'Grace', c: 'Linus', d: 'Barbara <b>' };
const counted = (rows: readonly (readonly (number | null)[])[], seats = 1): Outcome =>
  count({ candidates: ids, ballots: rows.map((ranks) => ({ ranks })) }, { seats });

const clear = counted([
  [1, 2, 3, 4],
  [1, 2, 3, 4],
  [2, 1, 4, 3],
]);

describe('the heatmap', () => {
  it('gives each cell a sign, a number and a sentence, and links it to its explanation', () => {
    const html = renderToStaticMarkup(<Heatmap outcome={clear} names={names} lang="en" linked />);
    expect(html.match(/class="(?:win|loss|even) i\d"/g)).toHaveLength(12);
    expect(html).toContain('href="#pair-a-b"');
    expect(html).toContain('>+1<');
    expect(html).toContain('>−1<');
    expect(html).toContain('Ada over Grace: 2 prefer Ada, 1 prefers Grace.');
    expect(html).toContain('Barbara &lt;b&gt;');
    expect(html).not.toContain('style=');
  });

  it('can be focused cell by cell where there is nothing to link to', () => {
    expect(renderToStaticMarkup(<Heatmap outcome={clear} names={names} lang="de" />)).toContain(
      'tabindex="0" role="note"',
    );
  });
});

describe('the ranking', () => {
  it('says who is elected in words', () => {
    const html = renderToStaticMarkup(
      <RankList outcome={clear} names={names} lang="en" linkOf={(id) => `/c/${id}/`} />,
    );
    expect(html.match(/mark elected/g)).toHaveLength(1);
    expect(html).toContain('<a href="/c/a/">Ada</a>');
  });

  it('brackets a tie and names the open seat', () => {
    const tie = counted([
      [1, 2, 3, 4],
      [2, 1, 3, 4],
    ]);
    const html = renderToStaticMarkup(<RankList outcome={tie} names={names} lang="en" />);
    expect(html).toContain('rank tie');
    expect(html.match(/tied for a seat/g)).toHaveLength(2);
  });
});

describe('the beat graph', () => {
  it('draws only arrows that no path of arrows says already', () => {
    const { edges } = layoutBeatGraph(clear);
    expect(edges.map(({ from, to }) => from + to).sort()).toEqual(['ab', 'bc', 'cd']);
  });

  it('shows a comparison that goes against the order, in picture and list', () => {
    const circle = counted([
      ...Array.from({ length: 4 }, () => [1, 2, 3, 4]),
      ...Array.from({ length: 3 }, () => [3, 1, 2, 4]),
      ...Array.from({ length: 2 }, () => [2, 3, 1, 4]),
    ]);
    const { upsets } = layoutBeatGraph(circle);
    expect(upsets).toHaveLength(1);
    expect(renderToStaticMarkup(<BeatGraph outcome={circle} names={names} lang="en" />)).toContain(
      'edge upset',
    );
    expect(renderToStaticMarkup(<BeatList outcome={circle} names={names} lang="en" />)).toContain(
      'Against the order',
    );
  });

  it('draws an election without any ballot', () => {
    const none = counted([]);
    expect(layoutBeatGraph(none).edges).toEqual([]);
    expect(renderToStaticMarkup(<BeatList outcome={none} names={names} lang="en" />)).toContain(
      'Ada beats nobody.',
    );
  });
});

describe('the turnout', () => {
  it('shows roll, ballots and share, and no share where nothing may be shown', () => {
    expect(renderToStaticMarkup(<Turnout eligible={200} cast={50} lang="en" />)).toContain('25.0%');
    const hidden = renderToStaticMarkup(<Turnout eligible={200} cast={null} lang="en" />);
    expect(hidden).toContain('not known');
    expect(hidden).not.toContain('svg');
  });
});

describe('a picture of a crowd', () => {
  it('shows whole places up to twenty candidates and says so, the list names everyone', () => {
    const crowd = Array.from({ length: 45 }, (_, i) => `c${i}`);
    // Places 1 to 19 hold one candidate each, place 20 two: one too many.
    const ranks = crowd.map((_, i) => (i < 20 ? i + 1 : i));
    const outcome = count({ candidates: crowd, ballots: [{ ranks }] }, { seats: 1 });
    const html = renderToStaticMarkup(<BeatGraph outcome={outcome} names={{}} lang="en" />);
    expect(html).toContain('The first 19 of 45 candidates. The list names all.');
    expect(html.match(/class="node/g)).toHaveLength(19);
    expect(html.match(/class="row"/g)).toHaveLength(19);
    const list = renderToStaticMarkup(<BeatList outcome={outcome} names={{}} lang="en" />);
    for (const id of crowd) expect(list).toContain(id);
  });

  it('folds the comparisons that go the other way when there are many', () => {
    const crowd = Array.from({ length: 45 }, (_, i) => `c${i}`);
    const ballots = Array.from({ length: 120 }, (_, ballot) => ({
      ranks: crowd.map((_, i) => ((i * 7 + ballot * 13 + ((i * ballot) % 11)) % 45) + 1),
    }));
    const outcome = count({ candidates: crowd, ballots }, { seats: 1 });
    const { upsets } = layoutBeatGraph(outcome);
    expect(upsets.length).toBeGreaterThan(10);
    const html = renderToStaticMarkup(<BeatList outcome={outcome} names={{}} lang="en" />);
    expect(html).toContain(
      `<summary>In ${upsets.length} pairs the direct comparison goes the other way.</summary>`,
    );
    expect(html.match(/Against the order/g)).toHaveLength(upsets.length);
  });

  it('shows the first place whatever its size', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => `c${i}`);
    const outcome = count({ candidates: crowd, ballots: [{ ranks: crowd.map(() => 1) }] }, { seats: 1 });
    expect(layoutBeatGraph(outcome, 20).nodes).toHaveLength(30);
  });
});
