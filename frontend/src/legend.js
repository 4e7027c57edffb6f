/** What the patterns of a picture mean: only those that it has. @module */
import { BADGED } from "./cells.js";
import { DRAWN_CELL } from "./draw.js";

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
};

/** Of views that come later. @param {Record<string, Needed>} needed */
export const addLegends = (needed) => void Object.assign(NEEDED, needed);

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
export const borders = (pairs) => pairs.flat().some((count) => count > 0);
