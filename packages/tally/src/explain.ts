import type { MethodInput, MethodResult, Way } from './methods/method.ts';
import type { Count, PairCode, PairExplanation } from './model.ts';
import { cell } from './pairwise/pairwise.ts';

/** What decided between every pair of candidates, in the order of the candidates. */
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
  const isDropped = result.dropped?.has(x) === true || result.dropped?.has(y) === true;
  if (isDropped) return { ...pair, code: 'dropped' };
  const code = decided ? decidedBy(pair, result.way) : levelBy(pair, result.way);
  return { ...pair, code };
}

type Votes = Pick<PairExplanation, 'for' | 'against' | 'path'>;

function decidedBy(pair: Votes, way: Way | null): PairCode {
  if (way === null) return 'direct';
  return pair.path !== null || (way.kind === 'order' && pair.for <= pair.against) ? way.kind : 'direct';
}

function levelBy(pair: Votes, way: Way | null): PairCode {
  return way === null || pair.for === pair.against ? 'level' : `level-${way.kind}s`;
}
