/** Typing a number into a cell: what the cell holds, what it becomes, which one follows. Pure. */

import { nest, ravel, unravel, volume } from "../../core/grid.ts";
import type { Ref } from "../../core/ref.ts";
import { number } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { channelOf } from "../../scene/views/matrix.ts";
import type { Name } from "../../words/owndata.ts";
import { allOf, channelsOf } from "../../words/owndata.ts";
import { groupOf } from "../../words/state.ts";
import type { State } from "../../words/table.ts";

/** What the picture shows. */
export type Shown = { trace: Trace; good: State; state: { step: number } };

/** What a cell of the picture belongs to. */
const DATA: Record<string, Name> = { x: "input", w: "weight" };

export const takesNumbers = (ref: Ref) => ref.kind in DATA;
export const dataOf = (ref: Ref) => DATA[ref.kind];

/** The number of a cell, as it can be typed. */
export function textOf(ref: Ref, shown: Shown) {
  const [numbers] = allOf(shown.good, dataOf(ref));
  return number(numbers[placeOf(ref, shown)], 8).replace("−", "-");
}

/** All numbers once `text` stands in the cell: nested, or null if it is no number. */
export function written(ref: Ref, text: string, shown: Shown) {
  const value = Number(text.trim().replace("−", "-"));
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  const [before, size] = allOf(shown.good, dataOf(ref));
  const at = placeOf(ref, shown);
  const numbers = before.map((old, i) => (i === at ? value : old));
  return { changed: before[at] !== value, numbers: nest(numbers, size) };
}

/** The cell that is so much further in raster order; null beyond the ends. */
export function further({ kind, index }: Ref, by: number, trace: Trace): Ref | null {
  const size = sizeIn(kind, trace);
  const at = ravel(index, size) + by;
  return at >= 0 && at < volume(size) ? { kind, index: unravel(at, size) } : null;
}

/** Several numbers, which one cell cannot hold. */
export const isMatrix = (text: string) => /[\s,;[]/.test(text.trim());

const sizeIn = (kind: string, { inputSize, geometry }: Trace) =>
  kind === "x" ? inputSize : geometry.kernel_size;

/** Where a cell is among all numbers, in raster order. */
function placeOf({ kind, index }: Ref, shown: Shown) {
  const size = sizeIn(kind, shown.trace);
  const { first } = groupOf(shown.good, channelsOf(shown.good));
  return (first + channelShown(shown)) * volume(size) + ravel(index, size);
}

/** The channel whose numbers the picture shows. */
function channelShown({ trace, state, good }: Shown) {
  if (good.view === "gather" || good.view === "direct") return 0;
  if (good.view === "matrix") return channelOf(trace, trace.step(state.step));
  const { done } = trace.frame(state.step);
  return done ? (done - 1) % trace.channels : 0;
}
