/**
 * The matrix view: C row by row, on its side, times the flattened input, folded into the output.
 */

import { isIn, ravel, unravel } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import type { Ref } from "../../core/ref.ts";
import { size } from "../../core/sentences.ts";
import type { Step } from "../../core/steps.ts";
import { flattened, tapsOf, transposed } from "../../core/stories/matrix.ts";
import type { Words } from "../../core/text.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { legibleFrom } from "../legible.ts";
import { LOOK } from "../looks.ts";
import type { Mark, Panel, Scene, Span, Style } from "../scene.ts";
import { around, between, grid, numbered, peakOf, pour } from "../scene.ts";
import { enlarged, type Moment } from "./enlarged.ts";
import { briefly, kernel, label } from "./scatter.ts";

/**
 * Pixels that kernel, input and output keep beside a large matrix, and the least width of a
 * column.
 */
const ROOM = { w: 105, x: 100, y: 140 };
const COLUMN = 9;

export function matrix(trace: Trace, index: number, words: Words): Scene {
  const step = trace.step(index);
  const now = {
    trace,
    step,
    frame: trace.frame(index),
    labels: words.panels,
    channel: channelOf(trace, step),
  };
  return step.phase === "unroll" ? unrolling(now) : multiplying(now);
}

/** The channel that a step is about. */
export const channelOf = (trace: Trace, step: Step) =>
  step.channel ?? stampOf(step) % trace.channels;

/** The last column that a row meets: one stamp, framed. */
const stampOf = (step: Step) => step.columns?.[step.columns.length - 1] ?? 0;

/** C as it is written, one position of the direct convolution a row. */
function unrolling(now: Moment): Scene {
  const { trace, step } = now;
  const [w, x, y, C] = [small(kernel(now), ROOM.w), input(now), output(now), written(now)];
  const line = enlarged(now, C.ref);
  const targets = trace.geometry
    .footprint(step.source, trace.inputSize)
    .map(({ target }) => target);
  return {
    panels: [w, x, y, C, line],
    marks: [
      rowOf(C, step.row, "stamp"),
      ...around(x, step.source, "active"),
      ...(targets.length ? between(y, targets[0], targets[targets.length - 1], "window") : []),
    ],
    arrangements: [
      [[["w", "x"], ["C"], ["y"]]],
      [[["w"], ["x"], ["y"]], [["C"]]],
      [[["w"], ["x"]], [["y"]], [["C"]]],
    ],
    crowded: {
      below: legible(trace),
      arrangements: [
        [[["w"], ["x"], ["y"]], [["C"]], [["line"]]],
        [[["w", "x"], ["y"]], [["C"]], [["line"]]],
      ],
    },
  };
}

/** Its transpose at work. */
function multiplying(now: Moment): Scene {
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
      [
        [["C"], ["xs"], ["ys"]],
        [["w"], ["x"], ["y"]],
      ],
      [[["C"], ["xs"], ["ys"]], [["w"], ["x"]], [["y"]]],
    ],
    crowded: {
      below: legible(now.trace),
      arrangements: [
        [[["w"], ["C"], ["xs", "line"], ["ys"], ["x", "y"]]],
        [[["w", "x", "y"], ["C"], ["xs", "line"], ["ys"]]],
        [
          [["C"], ["xs", "line"], ["ys"]],
          [["w"], ["x"], ["y"]],
        ],
        [[["C"], ["xs"], ["ys"]], [["line"]], [["w"], ["x"], ["y"]]],
        [[["C"], ["xs"], ["ys"]], [["line"]], [["w"], ["x"]], [["y"]]],
      ],
    },
  };
}

/** The least cell in which every tap can be read. */
const legible = (trace: Trace) => once(trace, "legible w", () => legibleFrom(trace.weight));

const small = (panel: Panel, room: number) => Object.assign(panel, { room });

function written(now: Moment) {
  const { trace, step, labels } = now;
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const panel = entries(now, tapsOf(trace), [rows, columns], (step.row + 1) * columns);
  panel.letter = "C";
  panel.label = fill(labels.C, { size: panel.brief });
  panel.spans = (ref) =>
    spans(
      trace,
      ref,
      tapsOf(trace),
      columns,
      (line) => ({ rows: line, cols: [0, columns] }),
      (line) => ({ rows: [0, rows], cols: line }),
    );
  return panel;
}

function turned(now: Moment) {
  const { trace, labels } = now;
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const taps = once(trace, "turned taps", () => transposed(tapsOf(trace), rows, columns));
  const panel = entries(now, taps, [columns, rows], taps.length);
  panel.letter = "Cᵀ";
  panel.label = fill(labels.Ct, { size: panel.brief });
  panel.spans = (ref) =>
    spans(
      trace,
      ref,
      taps,
      rows,
      (line) => ({ rows: [0, columns], cols: line }),
      (line) => ({ rows: line, cols: [0, rows] }),
    );
  return panel;
}

/**
 * A matrix whose entries are taps, or nothing.
 * @param done entries written so far
 */
function entries({ trace, frame }: Moment, taps: Int32Array, sizes: number[], done: number) {
  const panel = grid("C", "kernel", "w", sizes);
  pour(panel, frame.values, (at) =>
    at >= done ? LOOK.unwritten : taps[at] < 0 ? LOOK.apart : LOOK.kernel,
  );
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  panel.brief = size(sizes);
  panel.place = () => null;
  panel.ref = (row, col) => {
    const tap = taps[row * panel.cols + col];
    return tap < 0 ? null : { kind: "w", index: unravel(tap, trace.geometry.kernel_size) };
  };
  return panel;
}

/** An input is a line of the matrix, an output a line across, a tap every entry that holds it. */
function spans(
  trace: Trace,
  { kind, index }: Ref,
  taps: Int32Array,
  cols: number,
  ofInput: (line: [number, number]) => Span,
  ofOutput: (line: [number, number]) => Span,
): Span[] {
  const at = ravel(
    index,
    { x: trace.inputSize, w: trace.geometry.kernel_size, y: trace.outputSize }[kind],
  );
  if (kind === "y" && index.some((o, axis) => o < 0 || o >= trace.outputSize[axis])) return [];
  if (kind === "x") return [ofInput([at * trace.channels, (at + 1) * trace.channels])];
  if (kind === "y") return [ofOutput([at, at + 1])];
  const found: Span[] = [];
  for (let place = taps.indexOf(at); place >= 0; place = taps.indexOf(at, place + 1)) {
    const [row, col] = [Math.floor(place / cols), place % cols];
    found.push({ rows: [row, row + 1], cols: [col, col + 1] });
  }
  return found;
}

function input(now: Moment) {
  const { trace, labels, channel } = now;
  const panel = small(grid("x", "input", "x", trace.inputSize), ROOM.x);
  panel.label = label(labels.x, trace, channel, { size: panel.brief }, labels);
  panel.brief += briefly(trace, channel, labels);
  panel.peak = once(trace, "peak of x", () => peakOf(trace.input));
  return numbered(
    pour(
      panel,
      trace.input.subarray(channel * trace.cells, (channel + 1) * trace.cells),
      () => LOOK.input,
    ),
  );
}

/** The output folds only at the end; until then its numbers wait. */
function output({ trace, step, frame, labels }: Moment) {
  const panel = small(grid("y", "output", "y", trace.outputSize), ROOM.y);
  const folded = ["reshape", "bias"].includes(step.phase);
  panel.label = fill(labels.output, { size: panel.brief });
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  const looks = (at: number) =>
    at >= frame.done ? LOOK.outputEmpty : folded ? LOOK.output : LOOK.outputWaiting;
  return numbered(pour(panel, frame.output, looks));
}

/** The input as a column: cells in raster order, the channels of each together. */
function flatInput({ trace, step, labels }: Moment) {
  const { channels, input, inputSize } = trace;
  const panel = column(grid("xs", "input", "x", [input.length, 1]), labels);
  pour(panel, flattened(trace), () => (step.phase === "transpose" ? LOOK.inputEmpty : LOOK.input));
  panel.peak = once(trace, "peak of x", () => peakOf(input));
  panel.ref = (row) => ({ kind: "x", index: unravel(Math.floor(row / channels), inputSize) });
  panel.place = ({ kind, index }) =>
    kind === "x" ? [ravel(index, inputSize) * channels, 0] : null;
  panel.spans = ({ kind, index }) => {
    const first = ravel(index, inputSize) * channels;
    return kind === "x" ? [{ rows: [first, first + channels], cols: [0, 1] }] : [];
  };
  return panel;
}

function flatOutput({ trace, step, frame, labels }: Moment) {
  const { outputSize } = trace;
  const panel = column(grid("ys", "output", "y", [frame.output.length, 1]), labels);
  const hit = step.phase === "multiply" ? frame.done - 1 : -1;
  pour(panel, frame.output, (at) =>
    at === hit ? LOOK.outputHit : at < frame.done ? LOOK.output : LOOK.outputEmpty,
  );
  panel.peak = once(trace, "peak of y", () => peakOf(trace.output));
  panel.ref = (row) => ({ kind: "y", index: unravel(row, outputSize) });
  panel.place = ({ kind, index }) =>
    kind === "y" && isIn(index, outputSize) ? [ravel(index, outputSize), 0] : null;
  return panel;
}

const column = (panel: Panel, labels: any) =>
  Object.assign(panel, { label: labels.flat, brief: labels.flatBrief, least: COLUMN });

/** The row that gathers, the column that is one stamp, and what both meet. */
function marks(
  { trace, step }: Moment,
  { C, xs, ys, x, y }: Record<"C" | "xs" | "ys" | "x" | "y", Panel>,
): Mark[] {
  const gathers = [
    rowOf(C, step.row, "active"),
    rowOf(ys, step.row, "active"),
    ...around(y, step.target, "active"),
  ];
  if (!step.columns.length) return gathers;
  const column = stampOf(step);
  const stamp: Mark = {
    panel: C.id,
    rows: [0, C.rows],
    cols: [column, column + 1],
    style: "stamp",
  };
  return [
    stamp,
    rowOf(xs, column, "stamp"),
    ...around(x, trace.sourceOf(column).source, "stamp"),
    ...gathers,
  ];
}

const rowOf = (panel: Panel, row: number, style: Style): Mark => ({
  panel: panel.id,
  rows: [row, row + 1],
  cols: [0, panel.cols],
  style,
});
