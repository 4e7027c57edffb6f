/** The matrix view: C row by row, on its side, times the flattened input, folded into the output. @module */
import { legibleFrom } from "../cells.js";
import { ravel, unravel } from "../grid.js";
import { LOOK } from "../looks.js";
import { once } from "../memo.js";
import { around, between, grid, numbered, peakOf, pour } from "../scene.js";
import { size } from "../sentences.js";
import { flattened, tapsOf, transposed } from "../stories/matrix.js";
import { fill } from "../text.js";
import { enlarged } from "./enlarged.js";
import { briefly, kernel, label } from "./scatter.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../scene.js").Panel} Panel */
/** @typedef {import("../scene.js").Mark} Mark */
/** @typedef {{ trace: Trace, step: import("../trace.js").Step, frame: import("../trace.js").Frame, labels: any, channel: number }} Now */

/** Pixels that kernel, input and output keep beside a large matrix, and the least width of a column. */
const ROOM = { w: 105, x: 100, y: 140 };
const COLUMN = 9;

/** @param {Trace} trace @param {number} index @param {import("../text.js").Words} words @returns {import("../scene.js").Scene} */
export function matrix(trace, index, words) {
  const step = trace.step(index);
  const now = { trace, step, frame: trace.frame(index), labels: words.panels, channel: channelOf(trace, step) };
  return step.phase === "unroll" ? unrolling(now) : multiplying(now);
}

/** The channel that a step is about. @param {Trace} trace @param {import("../trace.js").Step} step */
export const channelOf = (trace, step) => step.channel ?? stampOf(step) % trace.channels;

/** The last column that a row meets: one stamp, framed. @param {import("../trace.js").Step} step */
const stampOf = (step) => step.columns?.[step.columns.length - 1] ?? 0;

/** C as it is written, one position of the direct convolution a row. @param {Now} now @returns {import("../scene.js").Scene} */
function unrolling(now) {
  const { trace, step } = now;
  const [w, x, y, C] = [small(kernel(now), ROOM.w), input(now), output(now), written(now)];
  const line = enlarged(now, C.ref);
  const targets = trace.geometry.footprint(step.source, trace.inputSize).map(({ target }) => target);
  return {
    panels: [w, x, y, C, line],
    marks: [
      rowOf(C, step.row, "stamp"),
      ...around(x, step.source, "active"),
      ...(targets.length ? between(y, targets[0], targets[targets.length - 1], "window") : []),
    ],
    arrangements: [[[["w", "x"], ["C"], ["y"]]], [[["w"], ["x"], ["y"]], [["C"]]], [[["w"], ["x"]], [["y"]], [["C"]]]],
    crowded: {
      below: legible(trace),
      arrangements: [[[["w"], ["x"], ["y"]], [["C"]], [["line"]]], [[["w", "x"], ["y"]], [["C"]], [["line"]]]],
    },
  };
}

/** Its transpose at work. @param {Now} now @returns {import("../scene.js").Scene} */
function multiplying(now) {
  const [w, x, y, C] = [small(kernel(now), ROOM.w), input(now), output(now), turned(now)];
  const [xs, ys, line] = [flatInput(now), flatOutput(now), enlarged(now, C.ref)];
  return {
    panels: [w, C, xs, ys, x, y, line],
    marks: now.step.phase === "multiply" ? marks(now, { C, xs, ys, x, y }) : [],
    signs: [
      { after: "C", before: "xs", text: "×" },
      { after: "xs", before: "ys", text: "=" },
    ],
    arrangements: [
      [[["w"], ["C"], ["xs"], ["ys"], ["x", "y"]]],
      [[["w", "x", "y"], ["C"], ["xs"], ["ys"]]],
      [[["C"], ["xs"], ["ys"]], [["w"], ["x"], ["y"]]],
      [[["C"], ["xs"], ["ys"]], [["w"], ["x"]], [["y"]]],
    ],
    crowded: {
      below: legible(now.trace),
      arrangements: [
        [[["w"], ["C"], ["xs", "line"], ["ys"], ["x", "y"]]],
        [[["w", "x", "y"], ["C"], ["xs", "line"], ["ys"]]],
        [[["C"], ["xs", "line"], ["ys"]], [["w"], ["x"], ["y"]]],
        [[["C"], ["xs"], ["ys"]], [["line"]], [["w"], ["x"], ["y"]]],
        [[["C"], ["xs"], ["ys"]], [["line"]], [["w"], ["x"]], [["y"]]],
      ],
    },
  };
}

/** The least cell in which every tap can be read. @param {Trace} trace */
const legible = (trace) => once(trace, "legible w", () => legibleFrom(trace.weight));

/** @param {Panel} panel @param {number} room */
const small = (panel, room) => Object.assign(panel, { room });

/** @param {Now} now */
function written(now) {
  const { trace, step, labels } = now;
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const panel = entries(now, tapsOf(trace), [rows, columns], (step.row + 1) * columns);
  panel.letter = "C";
  panel.label = fill(labels.C, { size: panel.brief });
  panel.spans = (ref) => spans(trace, ref, tapsOf(trace), columns, (line) => ({ rows: line, cols: [0, columns] }), (line) => ({ rows: [0, rows], cols: line }));
  return panel;
}

/** @param {Now} now */
function turned(now) {
  const { trace, labels } = now;
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const taps = once(trace, "turned taps", () => transposed(tapsOf(trace), rows, columns));
  const panel = entries(now, taps, [columns, rows], taps.length);
  panel.letter = "Cᵀ";
  panel.label = fill(labels.Ct, { size: panel.brief });
  panel.spans = (ref) => spans(trace, ref, taps, rows, (line) => ({ rows: [0, columns], cols: line }), (line) => ({ rows: line, cols: [0, rows] }));
  return panel;
}

/** A matrix whose entries are taps, or nothing. @param {Now} now @param {Int32Array} taps @param {number[]} sizes @param {number} done entries written so far */
function entries({ trace, frame }, taps, sizes, done) {
  const panel = grid("C", "kernel", "w", sizes);
  pour(panel, frame.values, (at) => (at >= done ? LOOK.unwritten : taps[at] < 0 ? LOOK.apart : LOOK.kernel));
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  panel.brief = size(sizes);
  panel.place = () => null;
  panel.ref = (row, col) => {
    const tap = taps[row * panel.cols + col];
    return tap < 0 ? null : { kind: "w", index: unravel(tap, trace.geometry.kernel_size) };
  };
  return panel;
}

/**
 * An input is a line of the matrix, an output a line across, a tap every entry that holds it.
 * @param {Trace} trace @param {import("../scene.js").Ref} ref @param {Int32Array} taps @param {number} cols
 * @param {(line: [number, number]) => import("../scene.js").Span} ofInput
 * @param {(line: [number, number]) => import("../scene.js").Span} ofOutput
 * @returns {import("../scene.js").Span[]}
 */
function spans(trace, { kind, index }, taps, cols, ofInput, ofOutput) {
  const at = ravel(index, { x: trace.inputSize, w: trace.geometry.kernel_size, y: trace.outputSize }[kind]);
  if (kind === "y" && index.some((o, axis) => o < 0 || o >= trace.outputSize[axis])) return [];
  if (kind === "x") return [ofInput([at * trace.channels, (at + 1) * trace.channels])];
  if (kind === "y") return [ofOutput([at, at + 1])];
  /** @type {import("../scene.js").Span[]} */
  const found = [];
  for (let place = taps.indexOf(at); place >= 0; place = taps.indexOf(at, place + 1)) {
    const [row, col] = [Math.floor(place / cols), place % cols];
    found.push({ rows: [row, row + 1], cols: [col, col + 1] });
  }
  return found;
}

/** @param {Now} now */
function input(now) {
  const { trace, labels, channel } = now;
  const panel = small(grid("x", "input", "x", trace.inputSize), ROOM.x);
  panel.label = label(labels.x, trace, channel, { size: panel.brief }, labels);
  panel.brief += briefly(trace, channel, labels);
  panel.peak = once(trace, "peak of x", () => peakOf(trace.input));
  return numbered(pour(panel, trace.input.subarray(channel * trace.cells, (channel + 1) * trace.cells), () => LOOK.input));
}

/** The output folds only at the end; until then its numbers wait. @param {Now} now */
function output({ trace, step, frame, labels }) {
  const panel = small(grid("y", "output", "y", trace.outputSize), ROOM.y);
  const folded = ["reshape", "bias"].includes(step.phase);
  panel.label = fill(labels.output, { size: panel.brief });
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  const looks = (/** @type {number} */ at) =>
    at >= frame.done ? LOOK.outputEmpty : folded ? LOOK.output : LOOK.outputWaiting;
  return numbered(pour(panel, frame.output, looks));
}

/** The input as a column: cells in raster order, the channels of each together. @param {Now} now */
function flatInput({ trace, step, labels }) {
  const { channels, input, inputSize } = trace;
  const panel = column(grid("xs", "input", "x", [input.length, 1]), labels);
  pour(panel, flattened(trace), () => (step.phase === "transpose" ? LOOK.inputEmpty : LOOK.input));
  panel.peak = once(trace, "peak of x", () => peakOf(input));
  panel.ref = (row) => ({ kind: "x", index: unravel(Math.floor(row / channels), inputSize) });
  panel.place = ({ kind, index }) => (kind === "x" ? [ravel(index, inputSize) * channels, 0] : null);
  panel.spans = ({ kind, index }) => {
    const first = ravel(index, inputSize) * channels;
    return kind === "x" ? [{ rows: [first, first + channels], cols: [0, 1] }] : [];
  };
  return panel;
}

/** @param {Now} now */
function flatOutput({ trace, step, frame, labels }) {
  const { outputSize } = trace;
  const panel = column(grid("ys", "output", "y", [frame.output.length, 1]), labels);
  const hit = step.phase === "multiply" ? frame.done - 1 : -1;
  pour(panel, frame.output, (at) => (at === hit ? LOOK.outputHit : at < frame.done ? LOOK.output : LOOK.outputEmpty));
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  panel.ref = (row) => ({ kind: "y", index: unravel(row, outputSize) });
  panel.place = ({ kind, index }) =>
    kind === "y" && index.every((o, axis) => o >= 0 && o < outputSize[axis]) ? [ravel(index, outputSize), 0] : null;
  return panel;
}

/** @param {Panel} panel @param {any} labels */
const column = (panel, labels) => Object.assign(panel, { label: labels.flat, brief: labels.flatBrief, least: COLUMN });

/** The row that gathers, the column that is one stamp, and what both meet. @param {Now} now @param {Record<"C" | "xs" | "ys" | "x" | "y", Panel>} panels @returns {Mark[]} */
function marks({ trace, step }, { C, xs, ys, x, y }) {
  const gathers = [rowOf(C, step.row, "active"), rowOf(ys, step.row, "active"), ...around(y, step.target, "active")];
  if (!step.columns.length) return gathers;
  const column = stampOf(step);
  /** @type {Mark} */
  const stamp = { panel: C.id, rows: [0, C.rows], cols: [column, column + 1], style: "stamp" };
  return [stamp, rowOf(xs, column, "stamp"), ...around(x, trace.sourceOf(column).source, "stamp"), ...gathers];
}

/** @param {Panel} panel @param {number} row @param {import("../scene.js").Style} style @returns {Mark} */
const rowOf = (panel, row, style) => ({ panel: panel.id, rows: [row, row + 1], cols: [0, panel.cols], style });
