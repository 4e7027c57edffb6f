/** What the patterns of a picture mean: only those that it has. @module */

/** @typedef {import("./trace.js").Trace} Trace */

/** Which entries a view needs in a phase, and once all stamps are there. @typedef {(trace: Trace, phase: string, all: boolean) => Record<string, boolean>} Needed */
/** @type {Record<string, Needed>} */
const NEEDED = {
  scatter({ geometry, inputSize }, phase) {
    const counts = geometry.whole.overlap(inputSize).flat();
    return { rim: borders(geometry.padding), met: phase !== "canvas" && counts.some((n) => n > 1), hole: counts.includes(0) };
  },
  gather: ({ geometry }) => ({
    inserted: geometry.stride.some((stride) => stride > 1),
    padded: borders(geometry.border()),
  }),
};

/** Of views that come later. @param {Record<string, Needed>} needed */
export const addLegends = (needed) => void Object.assign(NEEDED, needed);

/** @param {Trace} trace @param {string} view @param {number} step @param {import("./text.js").Words} words @returns {string} */
export function legend(trace, view, step, words) {
  const text = words.legends[view];
  const needed = NEEDED[view](trace, trace.step(step).phase, trace.frame(step).done === trace.input.length);
  return Object.keys(needed)
    .filter((entry) => needed[entry])
    .map((entry) => text[entry])
    .join(" ");
}

/** The longest that a legend becomes on the way: so much room is kept for it. @param {Trace} trace @param {string} view @param {import("./text.js").Words} words */
export const longestLegend = (trace, view, words) =>
  trace.phases
    .map(({ stop }) => legend(trace, view, stop - 1, words))
    .reduce((longest, text) => (text.length > longest.length ? text : longest), "");

/** @param {readonly (readonly number[])[]} pairs */
export const borders = (pairs) => pairs.flat().some((count) => count > 0);
