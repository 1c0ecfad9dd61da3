import type { MethodInput, MethodResult, Way } from './methods/method.ts';
import type { Count, PairCode, PairExplanation, Strength } from './model.ts';
import { pathBetween } from './graph/paths.ts';
import { cell } from './pairwise/pairwise.ts';

/** One sentence for every pair of candidates, in the order of the candidates. */
export function explainPairs(input: MethodInput, result: MethodResult): PairExplanation[] {
  const pairs: PairExplanation[] = [];
  for (let a = 0; a < input.candidates.length; a++) {
    for (let b = a + 1; b < input.candidates.length; b++) pairs.push(explainPair(input, result, a, b));
  }
  return pairs;
}

function explainPair(input: MethodInput, result: MethodResult, a: number, b: number): PairExplanation {
  const prefers = (x: number, y: number): Count => cell(input.pairwise, x, y);
  const byMajority = (x: number, y: number): boolean => prefers(x, y) > prefers(y, x);
  const beats = result.beats ?? byMajority;
  const decided = beats(a, b) || beats(b, a);
  const turned = decided ? beats(b, a) : byMajority(b, a);
  const [x, y] = turned ? [b, a] : [a, b];
  const between = decided ? (result.way?.between(x, y) ?? null) : null;
  const pair = {
    first: input.candidates[x] as string,
    second: input.candidates[y] as string,
    for: prefers(x, y),
    against: prefers(y, x),
    decided,
    path: between?.map((i) => input.candidates[i] as string) ?? null,
  };
  const code = decided ? decidedBy(pair, result.way) : levelBy(pair, result.way);
  const shown = { ...pair, code, path: decided && result.beats !== null ? namedPath(input, x, y) : null };
  return { ...pair, code, sentence: sentence(shown, strengths(input, x, y), result.beats !== null) };
}

type Votes = Pick<PairExplanation, 'for' | 'against' | 'path'>;

function decidedBy(pair: Votes, way: Way | null): PairCode {
  if (way === null) return 'direct';
  return pair.path !== null || (way.kind === 'order' && pair.for <= pair.against) ? way.kind : 'direct';
}

function levelBy(pair: Votes, way: Way | null): PairCode {
  return way === null || pair.for === pair.against ? 'level' : `level-${way.kind}s`;
}

/** The path when it is longer than one link, or there was no link to follow. */
function namedPath(input: MethodInput, x: number, y: number): string[] | null {
  const { size, widths } = input.paths;
  const at = x * size + y;
  if (input.links.ordinals[at] === widths[at]) return null;
  return pathBetween(input.paths, x, y)?.map((i) => input.candidates[i] as string) ?? null;
}

interface PathStrengths {
  readonly there: Strength;
  readonly back: Strength;
  readonly hasBack: boolean;
  readonly unit: string;
}

function strengths({ paths, links, options }: MethodInput, x: number, y: number): PathStrengths {
  const there = paths.widths[x * paths.size + y] as number;
  const back = paths.widths[y * paths.size + x] as number;
  const unit = { winning: '', margins: ' ballots ahead', ratio: '', opposition: ' against' }[
    options.strength
  ];
  return {
    there: links.strengths[there] as Strength,
    back: links.strengths[back] as Strength,
    hasBack: back > 0,
    unit,
  };
}

function sentence(pair: Omit<PairExplanation, 'sentence'>, paths: PathStrengths, byPaths: boolean): string {
  const { first, second, decided, path } = pair;
  const direct =
    pair.for === pair.against && Number(pair.for) === 0
      ? 'no ballot prefers either'
      : `${pair.for} prefer ${first}, ${pair.against} prefer ${second}`;
  if (!decided) {
    const why =
      byPaths && pair.for !== pair.against ? '; the strongest paths both ways are equally strong' : '';
    return `${first} and ${second} level: ${direct}${why}.`;
  }
  const head = `${first} over ${second}: ${direct}`;
  if (path === null) return `${head}.`;
  const back = paths.hasBack
    ? `the strongest path back holds only ${paths.back}${paths.unit}`
    : 'there is no path back';
  return `${head}; the path ${path.join(' > ')} holds ${paths.there}${paths.unit} and ${back}.`;
}
