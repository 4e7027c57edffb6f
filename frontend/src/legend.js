/** What the patterns of a picture mean: only those that it has. @module */
import { BADGED, legibleFrom } from "./cells.js";
import { DRAWN_CELL } from "./draw.js";
import { tapsOf } from "./stories/matrix.js";
import { repeats } from "./views/overlap.js";

/** @typedef {import("./trace.js").Trace} Trace */

/** Which entries a view needs in a phase, once all stamps are there, and in cells so large. @typedef {(trace: Trace, phase: string, all: boolean, cell: number) => Record<string, boolean>} Needed */
/** @type {Record<string, Needed>} */
const NEEDED = {
  scatter({ geometry, inputSize }, phase, _, cell) {
    const counts = geometry.whole.overlap(inputSize).flat();
    const [met, drawn] = [phase !== "canvas" && cell >= BADGED, cell >= DRAWN_CELL];
    return { rim: drawn && borders(geometry.padding), met: met && counts.some((n) => n > 1), hole: drawn && counts.includes(0) };
  },
  gather: ({ geometry }, _phase, _all, cell) => ({
    inserted: cell >= DRAWN_CELL && geometry.stride.some((stride) => stride > 1),
    padded: cell >= DRAWN_CELL && borders(geometry.border()),
  }),
  matrix: (trace, phase) => ({
    tap: true,
    zero: tapsOf(trace).includes(-1),
    writes: phase === "unroll",
    meets: phase === "multiply",
  }),
  overlap: (trace, _, all, cell) => ({
    count: true,
    edges: cell >= legibleFrom(Float64Array.of(9)) && trace.geometry.ndim === 2,
    hole: cell >= DRAWN_CELL && trace.geometry.whole.overlap(trace.inputSize).flat().includes(0),
    rim: cell >= DRAWN_CELL && borders(trace.geometry.padding),
    period: all && repeats(trace) !== null,
  }),
};

/** @param {Trace} trace @param {string} view @param {number} step @param {import("./text.js").Words} words @param {number} [cell] pixels of the smallest @returns {string} */
export function legend(trace, view, step, words, cell = Infinity) {
  const text = words.legends[view];
  const needed = NEEDED[view](trace, trace.step(step).phase, trace.frame(step).done === trace.input.length, cell);
  return Object.keys(needed)
    .filter((entry) => needed[entry])
    .map((entry) => text[entry])
    .join(" ");
}

/** The longest that a legend becomes on the way: so much room is kept for it. @param {Trace} trace @param {string} view @param {import("./text.js").Words} words @param {number} [cell] */
export const longestLegend = (trace, view, words, cell) =>
  trace.phases
    .map(({ stop }) => legend(trace, view, stop - 1, words, cell))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), "");

/** @param {readonly (readonly number[])[]} pairs */
const borders = (pairs) => pairs.flat().some((count) => count > 0);
