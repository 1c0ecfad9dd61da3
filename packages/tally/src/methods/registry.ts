import type { MethodName } from '../model.ts';
import { CountError } from '../model.ts';
import type { Method } from './method.ts';
import { schulze } from './schulze.ts';

/** Every method. To add one: write its file, add it here and to `MethodName`, describe it in docs/counting. */
export const METHODS: readonly Method[] = [schulze];

/** @throws CountError for a name that is no method. */
export function methodNamed(name: MethodName): Method {
  const method = METHODS.find((each) => each.name === name);
  if (method !== undefined) return method;
  throw new CountError(`no method "${name}"; there are ${METHODS.map((each) => each.name).join(', ')}`);
}
