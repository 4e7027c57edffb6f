/** From an impossible choice to the nearest possible one. */

import type { Range } from "./ranges.ts";
import { at, entries, possible, put, range } from "./ranges.ts";
import { geometryOf } from "./state.ts";
import type { State } from "./table.ts";
import { DEFAULTS, PARAMETERS, SHAPING } from "./table.ts";

/** Each of these leaves room for the next. */
export const ORDER = [
  "weight",
  "kernel_size",
  "input",
  "input_size",
  "stride",
  "dilation",
  "padding",
  "output_padding",
  "bias",
  "groups",
  "out_channel",
  "view",
  "turned",
];

/** As many of the words as are possible together, the others at their defaults. */
export function begun(state: State): State {
  const usual = DEFAULTS as any;
  let good = { ...state, ...Object.fromEntries(ORDER.map((name) => [name, usual[name]])) };
  for (const name of ORDER) {
    const next = { ...good, [name]: (state as any)[name] };
    if (possible(next)) good = next;
  }
  const { geometry, inputSize } = geometryOf(good);
  return { ...good, ...geometry.toDict(), input_size: inputSize };
}

/** Do two states differ in a word? */
const differ = (a: State, b: State, name: string) =>
  JSON.stringify((a as any)[name]) !== JSON.stringify((b as any)[name]);

/**
 * The smallest change that makes an attempt possible: each number moved into its range, else all
 * taken back.
 * @param state the attempt
 */
export function mended(state: State, good: State): Partial<State> {
  const patch = Object.assign(
    {},
    ...PARAMETERS.filter((name) => differ(state, good, name)).map((name) => ({
      [name]: inside(state, good, name),
    })),
  );
  if (possible({ ...state, ...patch })) return patch;
  return Object.fromEntries(
    SHAPING.filter((name) => differ(state, good, name)).map((name) => [name, (good as any)[name]]),
  );
}

/** Each number of a parameter, moved into its range. */
function inside(state: State, good: State, name: string) {
  const ndim = good.kernel_size.length;
  const tried = entries(state, name, ndim);
  if (tried.length !== ndim) return (good as any)[name];
  const alike = at(state, { name }, ndim);
  const whole = range(good, { name });
  if (whole && Number.isInteger(alike))
    return put(good, { name }, clamp(alike, whole), ndim)[name as keyof State];
  return entries(good, name, ndim).map((old, axis) =>
    Array.isArray(old)
      ? old.map((was, side) => nearest(tried[axis]?.[side], was, range(good, { name, axis, side })))
      : nearest(tried[axis], old, range(good, { name, axis })),
  );
}

const nearest = (tried: unknown, was: number, found: Range | null) =>
  Number.isInteger(tried) && found ? clamp(tried as number, found) : was;

const clamp = (value: number, { least, most }: Range) => Math.max(least, Math.min(most, value));
