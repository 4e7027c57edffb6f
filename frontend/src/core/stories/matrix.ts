/** Matrix: C of the direct convolution, row by row; transposed; times the input as a column. */

import { ravel, unravel } from "../grid.ts";
import { once } from "../memo.ts";
import type { Computation, Frame } from "../steps.ts";
import { outputAfter } from "./gather.ts";

export const phases = (trace: Computation): [string, number][] => [
  ["unroll", trace.input.length],
  ["transpose", 1],
  ["flatten", 1],
  ["multiply", trace.sums.length],
  ["reshape", 1],
  ["bias", trace.bias === null ? 0 : 1],
];

export function step(trace: Computation, phase: string, k: number, index: number) {
  if (phase === "unroll") return { phase, index, row: k, ...trace.sourceOf(k) };
  if (phase === "transpose")
    return { phase, index, rows: trace.input.length, columns: trace.sums.length };
  if (phase === "flatten") return { phase, index, count: trace.input.length };
  if (phase === "multiply") return multiply(trace, k, index);
  if (phase === "reshape") return { phase, index, size: trace.outputSize };
  return { phase, index, value: trace.bias };
}

export function frame(trace: Computation, phase: string, k: number): Frame {
  const [rows, columns] = [trace.input.length, trace.sums.length];
  const done = { unroll: 0, transpose: 0, flatten: 0, multiply: k + 1 }[phase] ?? columns;
  return {
    values:
      phase === "unroll"
        ? rowsAfter(trace, k + 1)
        : once(trace, "transposed", () => transposed(matrixOf(trace), rows, columns)),
    size: phase === "unroll" ? [rows, columns] : [columns, rows],
    output: outputAfter(trace, done, phase === "bias"),
    done,
    window: [],
    extents: [],
    turned: false,
  };
}

/** The tap in every entry of C, in raster order over (rows, columns), or -1 where there is none. */
export const tapsOf = (trace: Computation): Int32Array =>
  once(trace, "taps", () => {
    const { geometry, inputSize, outputSize } = trace;
    const taps = new Int32Array(trace.input.length * trace.sums.length).fill(-1);
    for (let row = 0; row < trace.input.length; row += 1)
      for (const { tap, target } of geometry.footprint(trace.sourceOf(row).source, inputSize))
        taps[row * trace.sums.length + ravel(target, outputSize)] = ravel(
          tap,
          geometry.kernel_size,
        );
    return taps;
  });

/** The input as the matrix meets it: cells in raster order, the channels of each together. */
export const flattened = (trace: Computation) =>
  once(trace, "flat x", () => {
    const { input, channels, cells } = trace;
    return input.map((_, at) => input[(at % channels) * cells + Math.floor(at / channels)]);
  });

/** C as a whole. */
const matrixOf = (trace: Computation) =>
  once(trace, "matrix", () => {
    const columns = trace.sums.length;
    const taps = tapsOf(trace);
    const matrix = new Float64Array(taps.length);
    for (let at = 0; at < taps.length; at += 1)
      if (taps[at] >= 0)
        matrix[at] = trace.weightAt(Math.floor(at / columns) % trace.channels, taps[at]);
    return matrix;
  });

/** C with only its first rows written. */
const rowsAfter = (trace: Computation, done: number) =>
  matrixOf(trace)
    .slice()
    .fill(0, done * trace.sums.length);

export function transposed<T extends Float64Array | Int32Array>(
  matrix: T,
  rows: number,
  columns: number,
): T {
  const turned = matrix.slice() as T;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      turned[column * rows + row] = matrix[row * columns + column];
  return turned;
}

function multiply(trace: Computation, k: number, index: number) {
  const target = unravel(k, trace.outputSize);
  const met = trace.geometry.contributors(target, trace.inputSize).flatMap(({ source, tap }) => {
    const cell = ravel(source, trace.inputSize);
    const at = ravel(tap, trace.geometry.kernel_size);
    return Array.from({ length: trace.channels }, (_, channel) => ({
      column: cell * trace.channels + channel,
      product: trace.inputAt(channel, cell) * trace.weightAt(channel, at),
    }));
  });
  return {
    phase: "multiply",
    index,
    row: k,
    target,
    columns: met.map(({ column }) => column),
    products: met.map(({ product }) => product),
    value: met.reduce((sum, { product }) => sum + product, 0),
  };
}
