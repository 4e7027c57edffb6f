/** What a parameter may be under the present others. */

import { entriesOf } from "./axes.ts";
import { geometryOf } from "./state.ts";
import type { State } from "./table.ts";
import { PARAMETERS, TABLE } from "./table.ts";

/** One number of a state: a parameter, all its axes or one, and of padding a side. */
export type Place = { name: string; axis?: number; side?: number };
/** most is Infinity where nothing near bounds it */
export type Range = { least: number; most: number };

export const LEAST = Object.fromEntries(
  PARAMETERS.map((name) => [name, TABLE[name].least]),
) as Record<string, number>;
/** Only the size of the page bounds these: beyond this they count as open. */
const FAR = 32;
const BOUNDED = ["padding", "output_padding"];

/** One entry per axis, padding one pair per axis, as a possible state has them. */
export const entries = (state: State, name: string, ndim: number) =>
  entriesOf(name, (state as any)[name], ndim);

/** What stands at a place: a number, or undefined where its axes are not alike. */
export function at(state: State, { name, axis, side }: Place, ndim: number) {
  const all = entries(state, name, ndim);
  const found =
    axis === undefined ? all.flat() : side === undefined ? [all[axis]].flat() : [all[axis]?.[side]];
  return found.every((entry) => entry === found[0]) ? found[0] : undefined;
}

/** The change that puts a value at a place. */
export function put(
  state: State,
  { name, axis, side }: Place,
  value: unknown,
  ndim: number,
): Partial<State> {
  const all = entries(state, name, ndim).map((entry, i) => {
    if (axis !== undefined && axis !== i) return entry;
    if (name !== "padding") return value;
    return side === undefined
      ? [value, value]
      : entry.map((old: any, j: number) => (j === side ? value : old));
  });
  return { [name]: all };
}

/**
 * What a next change starts from: the attempt if it has a number everywhere, else the last
 * possible choice.
 */
export function base(state: State, good: State, name: string) {
  const ndim = good.kernel_size.length;
  const tried = entries(state, name, ndim);
  return tried.length === ndim && tried.flat().every(Number.isFinite) ? state : good;
}

/** Every number of a place, moved. */
export function moved(
  state: State,
  { name, axis, side }: Place,
  by: number,
  ndim: number,
): Partial<State> {
  const all = entries(state, name, ndim).map((entry, i) => {
    if (axis !== undefined && axis !== i) return entry;
    return Array.isArray(entry)
      ? entry.map((old, j) => (side === undefined || side === j ? old + by : old))
      : entry + by;
  });
  return { [name]: all };
}

/**
 * What may stand at a place of a possible state, all else unchanged: always all whole numbers
 * between two.
 * @returns null where the axes are not alike
 */
export function range(good: State, place: Place): Range | null {
  const ndim = good.kernel_size.length;
  const value = at(good, place, ndim);
  if (typeof value !== "number") return null;
  const legal = (v: number) => possible({ ...good, ...put(good, place, v, ndim) });
  const least = legal(LEAST[place.name])
    ? LEAST[place.name]
    : border(value, LEAST[place.name], legal);
  const open = good.view === "direct" && place.name === "padding";
  const far =
    BOUNDED.includes(place.name) && !open ? beyond(value, legal) : Math.max(FAR, value + 1);
  return { least, most: legal(far) ? Infinity : border(value, far, legal) };
}

/** The last legal number on the way from a legal to an illegal one. */
function border(good: number, bad: number, legal: (v: number) => boolean) {
  while (Math.abs(bad - good) > 1) {
    const middle = Math.trunc((good + bad) / 2);
    if (legal(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** A number too large to be legal. */
function beyond(value: number, legal: (v: number) => boolean) {
  let far = value + 1;
  while (legal(far)) far = 2 * far + 1;
  return far;
}

export function possible(state: State) {
  try {
    return geometryOf(state) !== null;
  } catch {
    return false;
  }
}
