/** What a parameter may be under the present others. @module */
import { geometryOf } from "./state.js";
import { entriesOf } from "./words/axes.js";
import { PARAMETERS, TABLE } from "./words/table.js";

/** @typedef {import("./words/table.js").State} State */
/** One number of a state: a parameter, all its axes or one, and of padding a side. @typedef {{ name: string, axis?: number, side?: number }} Place */
/** @typedef {{ least: number, most: number }} Range most is Infinity where nothing near bounds it */

export const LEAST = /** @type {Record<string, number>} */ (Object.fromEntries(PARAMETERS.map((name) => [name, TABLE[name].least])));
/** Only the size of the page bounds these: beyond this they count as open. */
const FAR = 32;
const BOUNDED = ["padding", "output_padding"];

/** One entry per axis, padding one pair per axis, as a possible state has them. @param {State} state @param {string} name @param {number} ndim */
export const entries = (state, name, ndim) => entriesOf(name, /** @type {any} */ (state)[name], ndim);

/** What stands at a place: a number, or undefined where its axes are not alike. @param {State} state @param {Place} place @param {number} ndim */
export function at(state, { name, axis, side }, ndim) {
  const all = entries(state, name, ndim);
  const found = axis === undefined ? all.flat() : side === undefined ? [all[axis]].flat() : [all[axis]?.[side]];
  return found.every((entry) => entry === found[0]) ? found[0] : undefined;
}

/** The change that puts a value at a place. @param {State} state @param {Place} place @param {unknown} value @param {number} ndim @returns {Partial<State>} */
export function put(state, { name, axis, side }, value, ndim) {
  const all = entries(state, name, ndim).map((entry, i) => {
    if (axis !== undefined && axis !== i) return entry;
    if (name !== "padding") return value;
    return side === undefined ? [value, value] : entry.map((/** @type {any} */ old, /** @type {number} */ j) => (j === side ? value : old));
  });
  return { [name]: all };
}

/** What a next change starts from: the attempt if it has a number everywhere, else the last possible choice. @param {State} state @param {State} good @param {string} name */
export function base(state, good, name) {
  const ndim = good.kernel_size.length;
  const tried = entries(state, name, ndim);
  return tried.length === ndim && tried.flat().every(Number.isFinite) ? state : good;
}

/** Every number of a place, moved. @param {State} state @param {Place} place @param {number} by @param {number} ndim @returns {Partial<State>} */
export function moved(state, { name, axis, side }, by, ndim) {
  const all = entries(state, name, ndim).map((entry, i) => {
    if (axis !== undefined && axis !== i) return entry;
    return Array.isArray(entry) ? entry.map((old, j) => (side === undefined || side === j ? old + by : old)) : entry + by;
  });
  return { [name]: all };
}

/**
 * What may stand at a place of a possible state, all else unchanged: always all whole numbers between two.
 * @param {State} good @param {Place} place @returns {Range | null} null where the axes are not alike
 */
export function range(good, place) {
  const ndim = good.kernel_size.length;
  const value = at(good, place, ndim);
  if (typeof value !== "number") return null;
  const legal = (/** @type {number} */ v) => possible({ ...good, ...put(good, place, v, ndim) });
  const least = legal(LEAST[place.name]) ? LEAST[place.name] : border(value, LEAST[place.name], legal);
  const far = BOUNDED.includes(place.name) ? beyond(value, legal) : Math.max(FAR, value + 1);
  return { least, most: legal(far) ? Infinity : border(value, far, legal) };
}

/** The last legal number on the way from a legal to an illegal one. @param {number} good @param {number} bad @param {(v: number) => boolean} legal */
function border(good, bad, legal) {
  while (Math.abs(bad - good) > 1) {
    const middle = Math.trunc((good + bad) / 2);
    if (legal(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

/** A number too large to be legal. @param {number} value @param {(v: number) => boolean} legal */
function beyond(value, legal) {
  let far = value + 1;
  while (legal(far)) far = 2 * far + 1;
  return far;
}

/** @param {State} state */
export function possible(state) {
  try {
    return geometryOf(state) !== null;
  } catch {
    return false;
  }
}
