/** What the patterns of a picture mean: only those that it has. @module */

/** @typedef {import("./trace.js").Trace} Trace */

/** @type {Record<string, (trace: Trace) => Record<string, boolean>>} which entries a view needs */
const NEEDED = {
  scatter({ geometry, inputSize }) {
    const counts = geometry.whole.overlap(inputSize).flat();
    return { rim: borders(geometry.padding), met: counts.some((n) => n > 1), hole: counts.includes(0) };
  },
  gather: ({ geometry }) => ({
    inserted: geometry.stride.some((stride) => stride > 1),
    padded: borders(geometry.border()),
  }),
};

/** @param {Trace} trace @param {string} view @param {import("./text.js").Words} words @returns {string} */
export function legend(trace, view, words) {
  const text = words.legends[view];
  const needed = NEEDED[view]?.(trace);
  if (!needed) return text;
  return Object.keys(needed)
    .filter((entry) => needed[entry])
    .map((entry) => text[entry])
    .join(" ");
}

/** @param {readonly (readonly number[])[]} pairs */
const borders = (pairs) => pairs.flat().some((count) => count > 0);
