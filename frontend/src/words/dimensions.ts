/** One, two or three axes: what a state becomes when axes come or go. */
import type { State } from "./table.ts";
import { PARAMETERS, SHAPING } from "./table.ts";

/** Slices lie side by side: a new axis of the input stays short. */
const DEEPEST = 3;

/** @param good a possible state */
export const ndimOf = (good: State): number => good.kernel_size.length;

/**
 * The last axes stay, as rows and columns do under planes; a new one takes after the first.
 * @param good a possible state
 */
export function withAxes(good: State, ndim: number): Partial<State> {
  const words = Object.fromEntries(
    PARAMETERS.map((name) => [name, fitted((good as any)[name], ndim)]),
  );
  if (ndim === 3 && ndimOf(good) < 3) words.input_size[0] = Math.min(DEEPEST, words.input_size[0]);
  const [input, weight] = [good.input, good.weight].map((data) =>
    data === null ? null : data.map((plane: any) => reshaped(plane, ndimOf(good), ndim)),
  );
  return { ...words, input, weight, selection: null };
}

const fitted = (values: any[], ndim: number) =>
  values.length >= ndim
    ? values.slice(values.length - ndim)
    : [...Array(ndim - values.length).fill(values[0]), ...values];

/** The first row of a plane, or a row as a plane. */
const reshaped = (plane: any, from: number, to: number): any =>
  from > to
    ? reshaped(plane[0], from - 1, to)
    : from < to
      ? reshaped([plane], from + 1, to)
      : plane;

/**
 * Remembers what each number of axes was left with, and gives it back where nothing changed since.
 */
export class Axes {
  #before: Record<number, { left: any; became: string }> = {};

  switched(good: State, ndim: number): Partial<State> {
    const left = shape(good);
    const known = this.#before[ndim];
    const next =
      known?.became === JSON.stringify(left)
        ? { ...known.left, selection: null }
        : withAxes(good, ndim);
    this.#before[ndimOf(good)] = {
      left,
      became: JSON.stringify(shape({ ...good, ...next } as any)),
    };
    return next;
  }
}

const shape = (state: any) =>
  Object.fromEntries(SHAPING.filter((name) => name !== "view").map((name) => [name, state[name]]));
