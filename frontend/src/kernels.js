/** Data with a name: each value follows from its place alone. @module */
import { cells, nest } from "./grid.js";
import { SIZES } from "./words/table.js";

/** Where a value stands: its index, the size of its grid, the stride. @typedef {(index: number[], size: readonly number[], stride: readonly number[]) => number} Rule */

/** A rule that is the product of one factor per axis. @param {(i: number, n: number, s: number) => number} factor @returns {Rule} */
const separable = (factor) => (index, size, stride) =>
  index.reduce((all, i, axis) => all * factor(i, size[axis], stride[axis]), 1);

/** @param {number} i @param {number} n @param {number} s */
const tent = (i, n, s) => Math.max(0, 1 - Math.abs(i - (n - 1) / 2) / s);

/** As long as the stride, in the middle. @param {number} i @param {number} n @param {number} s */
function box(i, n, s) {
  const first = Math.max(0, Math.floor((n - s) / 2));
  return i >= first && i < first + s ? 1 : 0;
}

/** @param {number} i @param {number} n */
const binomial = (i, n) => Array.from({ length: i }, (_, j) => (n - 1 - j) / (j + 1)).reduce((all, q) => all * q, 1);

/** @type {Record<string, Rule>} */
const RULES = {
  ones: () => 1,
  bilinear: separable(tent),
  nearest: separable(box),
  binomial: separable((i, n) => Math.round(binomial(i, n))),
  impulse: separable((i, n) => (i === Math.floor((n - 1) / 2) ? 1 : 0)),
};

/** What can be asked for, besides the example. */
export const NAMED = {
  input: ["ones", "impulse", "random"],
  weight: ["ones", "bilinear", "nearest", "binomial", "impulse", "random"],
};

/**
 * Data of a name, nested lists (channels, *size).
 * @param {string} kind @param {readonly number[]} size @param {number} channels
 * @param {readonly number[]} [stride] for kernels that follow it
 */
export function named(kind, size, channels, stride = size.map(() => 1)) {
  const draw = kind === "random" ? dice() : null;
  const values = cells([channels, ...size]).map(([, ...index]) => (draw ? draw() : RULES[kind](index, size, stride)));
  return nest(values, [channels, ...size]);
}

/** The name that own data answer to, if any. @param {any} state a possible one @param {"input" | "weight"} name */
export function kindOf(state, name) {
  const own = state[name];
  if (own === null) return "";
  const data = JSON.stringify(own);
  return NAMED[name].find((kind) => JSON.stringify(named(kind, state[SIZES[name]], own.length, state.stride)) === data) ?? "";
}

/**
 * Data with a name keep it when their size changes.
 * @param {any} good a possible state @param {any} next the possible state that follows
 * @returns {Partial<Record<"input" | "weight", unknown>>}
 */
export function followed(good, next) {
  const names = /** @type {const} */ (["input", "weight"]).filter((name) => String(good[SIZES[name]]) !== String(next[SIZES[name]]));
  const kinds = names.map((name) => [name, kindOf(good, name)]).filter(([, kind]) => kind);
  return Object.fromEntries(
    kinds.map(([name, kind]) => [name, named(kind, next[SIZES[/** @type {"input" | "weight"} */ (name)]], good[name].length, next.stride)]),
  );
}

/** Whole numbers from −3 to 3, the same ones every time. */
function dice() {
  let seed = 2016;
  return () => {
    seed = (seed * 16807) % 2147483647;
    return (Math.floor(seed / 97) % 7) - 3;
  };
}
