/** Data with a name: each value follows from its place alone. */
import { cells, nest } from "../core/grid.ts";
import { SIZES } from "./table.ts";

/** Where a value stands: its index, the size of its grid, the stride. */
export type Rule = (index: number[], size: readonly number[], stride: readonly number[]) => number;

/** A rule that is the product of one factor per axis. */
const separable =
  (factor: (i: number, n: number, s: number) => number): Rule =>
  (index, size, stride) =>
    index.reduce((all, i, axis) => all * factor(i, size[axis], stride[axis]), 1);

const tent = (i: number, n: number, s: number) => Math.max(0, 1 - Math.abs(i - (n - 1) / 2) / s);

/** As long as the stride, in the middle. */
function box(i: number, n: number, s: number) {
  const first = Math.max(0, Math.floor((n - s) / 2));
  return i >= first && i < first + s ? 1 : 0;
}

const binomial = (i: number, n: number) =>
  Array.from({ length: i }, (_, j) => (n - 1 - j) / (j + 1)).reduce((all, q) => all * q, 1);

const RULES: Record<string, Rule> = {
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
 * @param stride for kernels that follow it
 */
export function named(
  kind: string,
  size: readonly number[],
  channels: number,
  stride: readonly number[] = size.map(() => 1),
) {
  const draw = kind === "random" ? dice() : null;
  const values = cells([channels, ...size]).map(([, ...index]) =>
    draw ? draw() : RULES[kind](index, size, stride),
  );
  return nest(values, [channels, ...size]);
}

/**
 * The name that own data answer to, if any.
 * @param state a possible one
 */
export function kindOf(state: any, name: "input" | "weight") {
  const own = state[name];
  if (own === null) return "";
  const data = JSON.stringify(own);
  return (
    NAMED[name].find(
      (kind) => JSON.stringify(named(kind, state[SIZES[name]], own.length, state.stride)) === data,
    ) ?? ""
  );
}

/**
 * Data with a name keep it when their size changes.
 * @param good a possible state
 * @param next the possible state that follows
 */
export function followed(good: any, next: any): Partial<Record<"input" | "weight", unknown>> {
  const names = (["input", "weight"] as const).filter(
    (name) => String(good[SIZES[name]]) !== String(next[SIZES[name]]),
  );
  const kinds = names.map((name) => [name, kindOf(good, name)]).filter(([, kind]) => kind);
  return Object.fromEntries(
    kinds.map(([name, kind]) => [
      name,
      named(kind, next[SIZES[name as "input" | "weight"]], good[name].length, next.stride),
    ]),
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
