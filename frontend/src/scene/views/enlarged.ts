/** One row of the matrix without its zeros, for where the matrix is too small to read. */

import { unravel, volume } from "../../core/grid.ts";
import { once } from "../../core/memo.ts";
import type { Frame, Step } from "../../core/steps.ts";
import { flattened, tapsOf } from "../../core/stories/matrix.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { legibleFrom } from "../legible.ts";
import { LOOK } from "../looks.ts";
import type { Panel } from "../scene.ts";
import { grid, peakOf } from "../scene.ts";

export type Moment = { trace: Trace; step: Step; frame: Frame; labels: any; channel: number };

/**
 * An entry that is not zero: its column in the row, the index that it meets, the numbers that
 * stand below each other.
 */
export type Entry = { column: number; meets: number[]; numbers: number[] };

/**
 * More find no room on a narrow page, in pixels; a cell is at least so wide, and a letter below
 * it.
 */
const [ROOM, LEAST, LETTER] = [300, 24, 5.5];
/** A tap, the input that it meets, their product. */
const WRITTEN = [LOOK.kernel, LOOK.input, LOOK.product];
const WAITING = [LOOK.kernelEmpty, LOOK.inputEmpty, LOOK.none];

/** @param tapAt what stands in a row and column of the matrix */
export function enlarged({ trace, step, frame, labels }: Moment, tapAt: Panel["ref"]) {
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
  const refs = shown.map(({ column, meets }) => [
    tapAt(step.row, column),
    { kind: "x", index: meets },
    { kind: "y", index: step.target },
  ]);
  panel.ref = (row, col) => refs[col]?.[row] ?? (null as any);
  panel.place = () => null;
  panel.foot = Array.from({ length: cols }, (_, col) => shown[col]?.meets.join(",") ?? "");
  panel.peak = once(trace, "peak of w", () => peakOf(trace.weight));
  panel.room = LEAST * Math.max(panel.rows, cols);
  panel.least = least;
  return named(panel, step, all.length, labels);
}

function named(panel: Panel, { phase, row = 0 }: Step, all: number, labels: any) {
  const text =
    phase === "unroll" ? labels.line : phase === "multiply" ? labels.lineTimes : labels.lineWaiting;
  const part = all > panel.cols ? fill(labels.linePart, { shown: panel.cols, all }) : "";
  return Object.assign(panel, {
    letter: "",
    label: fill(text, { row }) + part,
    brief: fill(labels.lineBrief, { row }),
  });
}

/** How many taps a row has at most. */
function lengthOf({ geometry, inputSize, channels }: Trace, unrolls: boolean) {
  const met = geometry
    .overlap(inputSize)
    .reduce((most, line) => most * Math.max(...line), channels);
  return Math.max(1, unrolls ? volume(geometry.kernel_size) : met);
}

/**
 * The width of a cell whose numbers can be read, and the index below it.
 * @param size that the index is from
 */
const leastIn = (trace: Trace, size: readonly number[]) =>
  once(trace, `legible row of ${size}`, () => {
    const index = size.map((n) => n - 1).join(",").length * LETTER + 5;
    return Math.max(LEAST, index, ...[trace.weight, trace.input].map(legibleFrom));
  });

/** The taps of a row of C and the outputs where they stand. */
function written(trace: Trace, { row }: Step, values: Float64Array): Entry[] {
  const columns = trace.sums.length;
  const taps = tapsOf(trace).subarray(row * columns, (row + 1) * columns);
  return [...taps.keys()]
    .filter((column) => taps[column] >= 0)
    .map((column) => ({
      column,
      meets: unravel(column, trace.outputSize),
      numbers: [values[row * columns + column]],
    }));
}

/** The taps of a row of C transposed, the inputs that they meet, and the products. */
function multiplied(trace: Trace, { row, columns, products }: Step, values: Float64Array): Entry[] {
  const x = flattened(trace);
  return columns.map((column: number, at: number) => ({
    column,
    meets: unravel(Math.floor(column / trace.channels), trace.inputSize),
    numbers: [values[row * x.length + column], x[column], products[at]],
  }));
}

const ENTRIES: Record<string, (trace: Trace, step: Step, values: Float64Array) => Entry[]> = {
  unroll: written,
  multiply: multiplied,
};
