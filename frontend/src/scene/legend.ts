/** What the patterns of a picture mean: only those that it has. */

import { tapsOf } from "../core/stories/matrix.ts";
import type { Words } from "../core/text.ts";
import type { Trace } from "../core/trace.ts";
import { hasBars, isSigned } from "./bars.ts";
import { BADGED, DRAWN_CELL, legibleFrom } from "./legible.ts";
import { wrongOf } from "./views/gather.ts";
import { lines, repeats } from "./views/overlap.ts";
import { GROWING } from "./views/scatter.ts";

/** Which entries a view needs in a phase, once all stamps are there, and in cells so large. */
type Needed = (trace: Trace, phase: string, all: boolean, cell: number) => Record<string, boolean>;
const NEEDED: Record<string, Needed> = {
  scatter(trace, phase, _, cell) {
    const counts = lines(trace).flat();
    const [met, drawn] = [phase !== "canvas" && cell >= BADGED, isDrawn(trace, cell)];
    return {
      bars: hasBars(trace, cell),
      below: hasBars(trace, cell) && isSigned(trace),
      rim: drawn && borders(trace.geometry.padding),
      crop: crops(trace, phase),
      met: met && counts.some((n) => n > 1),
      hole: drawn && counts.includes(0),
    };
  },
  gather: (trace, phase, _, cell) => ({
    bars: hasBars(trace, cell),
    below: hasBars(trace, cell) && isSigned(trace),
    inserted: isDrawn(trace, cell) && trace.geometry.stride.some((stride) => stride > 1),
    padded: isDrawn(trace, cell) && borders(trace.geometry.border()),
    wrong: isDrawn(trace, cell) && differs(trace, phase),
    red: !isDrawn(trace, cell) && differs(trace, phase),
  }),
  direct: (trace, _phase, _all, cell) => ({
    bars: hasBars(trace, cell),
    below: hasBars(trace, cell) && isSigned(trace),
    padded: isDrawn(trace, cell) && borders(trace.geometry.padding),
    unread: isDrawn(trace, cell) && trace.geometry.overlap(trace.layerSize).flat().includes(0),
  }),
  matrix: (trace, phase) => ({
    tap: true,
    zero: tapsOf(trace).includes(-1),
    writes: phase === "unroll",
    meets: phase === "multiply",
  }),
  overlap: (trace, phase, all, cell) => ({
    count: !hasBars(trace, cell),
    bars: hasBars(trace, cell),
    edges: cell >= legibleFrom(Float64Array.of(9)) && trace.geometry.ndim === 2,
    hole: isDrawn(trace, cell) && lines(trace).flat().includes(0),
    rim: isDrawn(trace, cell) && borders(trace.geometry.padding),
    crop: crops(trace, phase),
    period: all && repeats(trace) !== null,
  }),
};

/** Whether cells are large enough to have a pattern. */
const isDrawn = ({ geometry }: Trace, cell: number) => cell >= DRAWN_CELL || geometry.ndim === 1;

/** @param cell pixels of the smallest */
export function legend(
  trace: Trace,
  view: string,
  step: number,
  words: Words,
  cell: number = Infinity,
): string {
  const text = words.legends[view];
  const needed = NEEDED[view](
    trace,
    trace.step(step).phase,
    trace.frame(step).done === trace.input.length,
    cell,
  );
  return Object.keys(needed)
    .filter((entry) => needed[entry])
    .map((entry) => text[entry])
    .join(" ");
}

/** The longest that a legend becomes on the way: so much room is kept for it. */
export const longestLegend = (trace: Trace, view: string, words: Words, cell?: number) =>
  trace.phases
    .map(({ stop }) => legend(trace, view, stop - 1, words, cell))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), "");

/** Whether outputs are being written that are not the layer's. */
const differs = (trace: Trace, phase: string) =>
  ["gather", "bias"].includes(phase) && (wrongOf(trace)?.includes(true) ?? false);

/** Whether what padding leaves has a frame. */
const crops = (trace: Trace, phase: string) =>
  !GROWING.includes(phase) && borders(trace.geometry.padding);

const borders = (pairs: readonly (readonly number[])[]) => pairs.flat().some((count) => count > 0);
