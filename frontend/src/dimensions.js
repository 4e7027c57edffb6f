/** One, two or three axes: what a state becomes when axes come or go. @module */
import { PARAMETERS, SHAPING } from "./words/table.js";

/** @typedef {import("./words/table.js").State} State */

/** Slices lie side by side: a new axis of the input stays short. */
const DEEPEST = 3;

/** @param {State} good a possible state @returns {number} */
export const ndimOf = (good) => good.kernel_size.length;

/**
 * The last axes stay, as rows and columns do under planes; a new one takes after the first.
 * @param {State} good a possible state @param {number} ndim @returns {Partial<State>}
 */
export function withAxes(good, ndim) {
  const words = Object.fromEntries(PARAMETERS.map((name) => [name, fitted(/** @type {any} */ (good)[name], ndim)]));
  if (ndim === 3 && ndimOf(good) < 3) words.input_size[0] = Math.min(DEEPEST, words.input_size[0]);
  const [input, weight] = [good.input, good.weight].map((data) => data && data.map((/** @type {any} */ plane) => reshaped(plane, ndimOf(good), ndim)));
  return { ...words, input, weight, selection: null };
}

/** @param {any[]} values @param {number} ndim */
const fitted = (values, ndim) =>
  values.length >= ndim ? values.slice(values.length - ndim) : [...Array(ndim - values.length).fill(values[0]), ...values];

/** The first row of a plane, or a row as a plane. @param {any} plane @param {number} from @param {number} to @returns {any} */
const reshaped = (plane, from, to) => (from > to ? reshaped(plane[0], from - 1, to) : from < to ? reshaped([plane], from + 1, to) : plane);

/** Remembers what each number of axes was left with, and gives it back where nothing changed since. */
export class Axes {
  /** @type {Record<number, { left: any, became: string }>} */
  #before = {};

  /** @param {State} good @param {number} ndim @returns {Partial<State>} */
  switched(good, ndim) {
    const left = shape(good);
    const known = this.#before[ndim];
    const next = known?.became === JSON.stringify(left) ? { ...known.left, selection: null } : withAxes(good, ndim);
    this.#before[ndimOf(good)] = { left, became: JSON.stringify(shape(/** @type {any} */ ({ ...good, ...next }))) };
    return next;
  }
}

/** @param {any} state */
const shape = (state) => Object.fromEntries(SHAPING.filter((name) => name !== "view").map((name) => [name, state[name]]));
