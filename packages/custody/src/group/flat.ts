import { affine, type Extended } from './extended.ts';
import { D, invertAll, P, unique } from './field.ts';
import { COUNT, type Limbs, multiplyInto, putLimbs, takeLimbs } from './limbs.ts';
import type { Point } from './point.ts';

/**
 * The arithmetic of `extended.ts` in floating-point numbers, for sums of very many points: many points lie one after another in
 * one array of limbs. A point takes X, Y, Z, T; one that is added takes y + x, y - x, 2dxy of its affine form. Not constant
 * in time.
 */
export const SIZE: number = 4 * COUNT;
export const ADDEND: number = 3 * COUNT;

/** Where coordinates lie, from the place of their point. */
const [Y, Z, T] = [COUNT, 2 * COUNT, 3 * COUNT];
const TWICE_D = new Float64Array(COUNT);
putLimbs(TWICE_D, 0, (2n * D) % P);

const negative = new Float64Array(SIZE);
// What one operation works with: e, f, g, h are the numbers whose products the new coordinates are.
const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, () => new Float64Array(COUNT)) as [
  ...[Limbs, Limbs, Limbs, Limbs],
  ...[Limbs, Limbs, Limbs, Limbs],
];

/** Puts the neutral element there. */
export function putZero(to: Limbs, at: number): void {
  to.fill(0, at, at + SIZE);
  to[at + Y] = 1;
  to[at + Z] = 1;
}

/** Puts an affine point there as one that is added. */
export function putAddend(to: Limbs, at: number, point: Point): void {
  const { x, y } = affine(point);
  putLimbs(a, 0, x);
  putLimbs(b, 0, y);
  putSums(to, at);
}

/** The same, from a = x and b = y. */
function putSums(to: Limbs, at: number): void {
  multiplyInto(c, 0, a, 0, b, 0);
  for (let i = 0; i < COUNT; i += 1) {
    const [left, right] = [a[i] as number, b[i] as number];
    to[at + i] = right + left;
    to[at + Y + i] = right - left;
  }
  multiplyInto(to, at + Z, c, 0, TWICE_D, 0);
}

/** Puts a point there. */
export function putPoint(to: Limbs, at: number, { X, Y: y, Z: z, T: t }: Extended): void {
  putLimbs(to, at, unique(X));
  putLimbs(to, at + Y, unique(y));
  putLimbs(to, at + Z, unique(z));
  putLimbs(to, at + T, unique(t));
}

/** Points, one after another, as ones that are added, with one inversion for all (as `invertAll`). */
export function putAddends(points: Limbs): Limbs {
  const count = points.length / SIZE;
  const addends = new Float64Array(count * ADDEND);
  // The products of all Z before each point, kept where its last coordinate will be.
  const inverse = new Float64Array(COUNT);
  inverse[0] = 1;
  for (let i = 0; i < count; i += 1) {
    addends.set(inverse, i * ADDEND + Z);
    multiplyInto(inverse, 0, inverse, 0, points, i * SIZE + Z);
  }
  putLimbs(inverse, 0, invertAll([takeLimbs(inverse, 0)])[0] as bigint);
  for (let i = count - 1; i >= 0; i -= 1) {
    const [from, at] = [i * SIZE, i * ADDEND];
    multiplyInto(d, 0, inverse, 0, addends, at + Z);
    multiplyInto(inverse, 0, inverse, 0, points, from + Z);
    multiplyInto(a, 0, points, from, d, 0);
    multiplyInto(b, 0, points, from + Y, d, 0);
    putSums(addends, at);
  }
  return addends;
}

export const takePoint = (from: Limbs, at: number): Extended => ({
  X: takeLimbs(from, at),
  Y: takeLimbs(from, at + Y),
  Z: takeLimbs(from, at + Z),
  T: takeLimbs(from, at + T),
});

function finish(to: Limbs, at: number): void {
  multiplyInto(to, at, e, 0, f, 0);
  multiplyInto(to, at + Y, g, 0, h, 0);
  multiplyInto(to, at + Z, f, 0, g, 0);
  multiplyInto(to, at + T, e, 0, h, 0);
}

/** From b, a, c and d = 2 Z1 Z2 of add-2008-hwcd-3, whose sums are of three numbers at most. */
function finishSum(to: Limbs, at: number): void {
  for (let i = 0; i < COUNT; i += 1) {
    const [one, two, three, four] = [a[i] as number, b[i] as number, c[i] as number, d[i] as number];
    e[i] = two - one;
    f[i] = four - three;
    g[i] = four + three;
    h[i] = two + one;
  }
  finish(to, at);
}

/** Adds to the point there another one: add-2008-hwcd-3 for a = -1. */
export function addTo(to: Limbs, at: number, other: Limbs, otherAt: number): void {
  for (let i = 0; i < COUNT; i += 1) {
    const [x1, y1] = [to[at + i] as number, to[at + Y + i] as number];
    const [x2, y2] = [other[otherAt + i] as number, other[otherAt + Y + i] as number];
    e[i] = y1 - x1;
    f[i] = y2 - x2;
    g[i] = y1 + x1;
    h[i] = y2 + x2;
  }
  multiplyInto(a, 0, e, 0, f, 0);
  multiplyInto(b, 0, g, 0, h, 0);
  multiplyInto(c, 0, to, at + T, TWICE_D, 0);
  multiplyInto(c, 0, c, 0, other, otherAt + T);
  multiplyInto(d, 0, to, at + Z, other, otherAt + Z);
  for (let i = 0; i < COUNT; i += 1) d[i] = 2 * (d[i] as number);
  finishSum(to, at);
}

/** Takes another point off the point there. */
export function subtractFrom(to: Limbs, at: number, other: Limbs, otherAt: number): void {
  for (let i = 0; i < COUNT; i += 1) {
    negative[i] = -(other[otherAt + i] as number);
    negative[Y + i] = other[otherAt + Y + i] as number;
    negative[Z + i] = other[otherAt + Z + i] as number;
    negative[T + i] = -(other[otherAt + T + i] as number);
  }
  addTo(to, at, negative, 0);
}

/** Adds to the point there an affine one, or its negative. */
export function addAddend(to: Limbs, at: number, addend: Limbs, addendAt: number, negative: boolean): void {
  for (let i = 0; i < COUNT; i += 1) {
    const [x, y] = [to[at + i] as number, to[at + Y + i] as number];
    e[i] = y - x;
    g[i] = y + x;
    d[i] = 2 * (to[at + Z + i] as number);
  }
  multiplyInto(a, 0, e, 0, addend, negative ? addendAt : addendAt + Y);
  multiplyInto(b, 0, g, 0, addend, negative ? addendAt + Y : addendAt);
  multiplyInto(c, 0, to, at + T, addend, addendAt + Z);
  if (negative) for (let i = 0; i < COUNT; i += 1) c[i] = -(c[i] as number);
  finishSum(to, at);
}

/** Doubles the point there: dbl-2008-hwcd for a = -1. */
export function doubleThere(to: Limbs, at: number): void {
  for (let i = 0; i < COUNT; i += 1) e[i] = (to[at + i] as number) + (to[at + Y + i] as number);
  multiplyInto(a, 0, to, at, to, at);
  multiplyInto(b, 0, to, at + Y, to, at + Y);
  multiplyInto(c, 0, to, at + Z, to, at + Z);
  multiplyInto(d, 0, e, 0, e, 0);
  for (let i = 0; i < COUNT; i += 1) {
    const [xx, yy, zz] = [a[i] as number, b[i] as number, c[i] as number];
    e[i] = (d[i] as number) - xx - yy;
    f[i] = yy - xx - 2 * zz;
    g[i] = yy - xx;
    h[i] = -xx - yy;
  }
  finish(to, at);
}
