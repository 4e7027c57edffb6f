/** One row of the matrix without its zeros, for where the matrix is too small to read. @module */
import { legibleFrom } from "../cells.js";
import { unravel, volume } from "../grid.js";
import { LOOK } from "../looks.js";
import { once } from "../memo.js";
import { grid, peakOf } from "../scene.js";
import { flattened, tapsOf } from "../stories/matrix.js";
import { fill } from "../text.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../trace.js").Step} Step */
/** @typedef {import("../scene.js").Panel} Panel */
/** An entry that is not zero: its column in the row, the index that it meets, the numbers that stand below each other. @typedef {{ column: number, meets: number[], numbers: number[] }} Entry */

/** More find no room on a narrow page, in pixels; a cell is at least so wide, and a letter below it. */
const [ROOM, LEAST, LETTER] = [300, 24, 5.5];
/** A tap, the input that it meets, their product. */
const WRITTEN = [LOOK.kernel, LOOK.input, LOOK.product];
const WAITING = [LOOK.kernelEmpty, LOOK.inputEmpty, LOOK.none];

/** @param {import("./matrix.js").Now} now @param {Panel["ref"]} tapAt what stands in a row and column of the matrix */
export function enlarged({ trace, step, frame, labels }, tapAt) {
  const unrolls = step.phase === "unroll";
  const all = ENTRIES[step.phase]?.(trace, step, frame.values) ?? [];
  const least = unrolls ? leastIn(trace, trace.outputSize) : leastIn(trace, trace.inputSize);
  const cols = Math.min(lengthOf(trace, unrolls), Math.floor(ROOM / least));
  const panel = grid("line", "kernel", "w", [unrolls ? 1 : WRITTEN.length, cols]);
  const shown = all.slice(0, cols);
  panel.values.forEach((_, place) => {
    const [row, col] = [Math.floor(place / cols), place % cols];
    panel.values[place] = shown[col]?.numbers[row] ?? 0;
    panel.looks[place] = shown[col] ? WRITTEN[row] : all.length ? LOOK.none : WAITING[row];
  });
  const refs = shown.map(({ column, meets }) => [tapAt(step.row, column), { kind: "x", index: meets }, { kind: "y", index: step.target }]);
  panel.ref = (row, col) => /** @type {any} */ (refs[col]?.[row] ?? null);
  panel.place = () => null;
  panel.foot = Array.from({ length: cols }, (_, col) => shown[col]?.meets.join(",") ?? "");
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  panel.room = LEAST * Math.max(panel.rows, cols);
  panel.least = least;
  return named(panel, step, all.length, labels);
}

/** @param {Panel} panel @param {Step} step @param {number} all @param {any} labels */
function named(panel, { phase, row = 0 }, all, labels) {
  const text = phase === "unroll" ? labels.line : phase === "multiply" ? labels.lineTimes : labels.lineWaiting;
  const part = all > panel.cols ? fill(labels.linePart, { shown: panel.cols, all }) : "";
  return Object.assign(panel, { letter: "", label: fill(text, { row }) + part, brief: fill(labels.lineBrief, { row }) });
}

/** How many taps a row has at most. @param {Trace} trace @param {boolean} unrolls */
function lengthOf({ geometry, inputSize, channels }, unrolls) {
  const met = geometry.overlap(inputSize).reduce((most, line) => most * Math.max(...line), channels);
  return Math.max(1, unrolls ? volume(geometry.kernel_size) : met);
}

/** The width of a cell whose numbers can be read, and the index below it. @param {Trace} trace @param {readonly number[]} size that the index is from */
const leastIn = (trace, size) =>
  once(trace, `legible row of ${size}`, () => {
    const index = size.map((n) => n - 1).join(",").length * LETTER + 5;
    return Math.max(LEAST, index, ...[trace.weight, trace.input].map(legibleFrom));
  });

/** The taps of a row of C and the outputs where they stand. @param {Trace} trace @param {Step} step @param {Float64Array} values @returns {Entry[]} */
function written(trace, { row }, values) {
  const columns = trace.sums.length;
  const taps = tapsOf(trace).subarray(row * columns, (row + 1) * columns);
  return [...taps.keys()]
    .filter((column) => taps[column] >= 0)
    .map((column) => ({ column, meets: unravel(column, trace.outputSize), numbers: [values[row * columns + column]] }));
}

/** The taps of a row of C transposed, the inputs that they meet, and the products. @param {Trace} trace @param {Step} step @param {Float64Array} values @returns {Entry[]} */
function multiplied(trace, { row, columns, products }, values) {
  const x = flattened(trace);
  return columns.map((/** @type {number} */ column, /** @type {number} */ at) => ({
    column,
    meets: unravel(Math.floor(column / trace.channels), trace.inputSize),
    numbers: [values[row * x.length + column], x[column], products[at]],
  }));
}

/** @type {Record<string, (trace: Trace, step: Step, values: Float64Array) => Entry[]>} */
const ENTRIES = { unroll: written, multiply: multiplied };
