/** From an impossible choice to the nearest possible one. @module */
import { at, entries, possible, put, range } from "./ranges.js";
import { geometryOf } from "./state.js";
import { DEFAULTS, PARAMETERS, SHAPING } from "./words/table.js";

/** @typedef {import("./words/table.js").State} State */
/** @typedef {import("./ranges.js").Range} Range */

/** Each of these leaves room for the next. */
export const ORDER = ["weight", "kernel_size", "input", "input_size", "stride", "dilation", "padding", "output_padding", "bias", "groups", "out_channel", "view"];

/** As many of the words as are possible together, the others at their defaults. @param {State} state @returns {State} */
export function begun(state) {
  const usual = /** @type {any} */ (DEFAULTS);
  let good = { ...state, ...Object.fromEntries(ORDER.map((name) => [name, usual[name]])) };
  for (const name of ORDER) {
    const next = { ...good, [name]: /** @type {any} */ (state)[name] };
    if (possible(next)) good = next;
  }
  const { geometry, inputSize } = geometryOf(good);
  return { ...good, ...geometry.toDict(), input_size: inputSize };
}

/** Do two states differ in a word? @param {State} a @param {State} b @param {string} name */
const differ = (a, b, name) => JSON.stringify(/** @type {any} */ (a)[name]) !== JSON.stringify(/** @type {any} */ (b)[name]);

/**
 * The smallest change that makes an attempt possible: each number moved into its range, else all taken back.
 * @param {State} state the attempt @param {State} good @returns {Partial<State>}
 */
export function mended(state, good) {
  const patch = Object.assign({}, ...PARAMETERS.filter((name) => differ(state, good, name)).map((name) => ({ [name]: inside(state, good, name) })));
  if (possible({ ...state, ...patch })) return patch;
  return Object.fromEntries(SHAPING.filter((name) => differ(state, good, name)).map((name) => [name, /** @type {any} */ (good)[name]]));
}

/** Each number of a parameter, moved into its range. @param {State} state @param {State} good @param {string} name */
function inside(state, good, name) {
  const ndim = good.kernel_size.length;
  const tried = entries(state, name, ndim);
  if (tried.length !== ndim) return /** @type {any} */ (good)[name];
  const alike = at(state, { name }, ndim);
  const whole = range(good, { name });
  if (whole && Number.isInteger(alike)) return put(good, { name }, clamp(alike, whole), ndim)[/** @type {keyof State} */ (name)];
  return entries(good, name, ndim).map((old, axis) =>
    Array.isArray(old)
      ? old.map((was, side) => nearest(tried[axis]?.[side], was, range(good, { name, axis, side })))
      : nearest(tried[axis], old, range(good, { name, axis })),
  );
}

/** @param {unknown} tried @param {number} was @param {Range | null} found */
const nearest = (tried, was, found) => (Number.isInteger(tried) && found ? clamp(/** @type {number} */ (tried), found) : was);

/** @param {number} value @param {Range} range */
const clamp = (value, { least, most }) => Math.max(least, Math.min(most, value));
