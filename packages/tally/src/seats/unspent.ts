import type { AppliedDecision, TieDecision } from '../model.ts';

/** The recorded decisions that settled none of these ties. */
export function unspent(
  recorded: readonly TieDecision[],
  applied: readonly AppliedDecision[],
): readonly TieDecision[] {
  const spent = [...applied];
  return recorded.filter((each) => {
    const at = spent.findIndex((tie) => tie.how === each.how && isSame(tie.winners, each.winners));
    if (at >= 0) spent.splice(at, 1);
    return at < 0;
  });
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((id) => others.includes(id));
