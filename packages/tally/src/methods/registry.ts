import type { MethodName } from '../model.ts';
import { CountError } from '../model.ts';
import { borda } from './borda.ts';
import { bordaClassic } from './borda-classic.ts';
import { copeland } from './copeland.ts';
import { irv } from './irv.ts';
import { kemenyYoung } from './kemeny-young.ts';
import { meekStv } from './meek-stv.ts';
import type { Method } from './method.ts';
import { minimax } from './minimax.ts';
import { rankedPairs } from './ranked-pairs.ts';
import { schulze } from './schulze.ts';
import { scottishStv } from './scottish-stv.ts';

/** Every method. To add one: write its file, add it here and to `MethodName`, describe it in docs/counting. */
export const METHODS: readonly Method[] = [
  schulze,
  rankedPairs,
  minimax,
  copeland,
  kemenyYoung,
  borda,
  bordaClassic,
  irv,
  scottishStv,
  meekStv,
];

/** @throws CountError for a name that is no method. */
export function methodNamed(name: MethodName): Method {
  const method = METHODS.find((each) => each.name === name);
  if (method !== undefined) return method;
  throw new CountError(`no method "${name}"; there are ${METHODS.map((each) => each.name).join(', ')}`);
}
