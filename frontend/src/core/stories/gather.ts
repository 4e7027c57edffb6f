/** Gather: zeros open the input, a border surrounds it, the kernel turns, a window visits all. */

import type { Extent, Geometry } from "../geometry.ts";
import { meet, ravel, unravel } from "../grid.ts";
import type { Computation, Frame } from "../steps.ts";

export type Source = number[] | "inserted" | "padded";

export const phases = (trace: Computation): [string, number][] => [
  ["insert_zeros", gaps(trace).length],
  ["pad", borders(trace.geometry).length],
  [trace.turned ? "flip" : "keep", 1],
  ["gather", trace.sums.length],
  ["bias", trace.bias === null ? 0 : 1],
];

export function step(trace: Computation, phase: string, k: number, index: number) {
  if (phase === "insert_zeros") {
    const { axis, gap } = gaps(trace)[k];
    return { phase, index, axis, gap, count: trace.geometry.stride[axis] - 1 };
  }
  if (phase === "pad") return { phase, index, ...borders(trace.geometry)[k] };
  if (phase === "flip" || phase === "keep") return { phase, index };
  if (phase === "gather") return collect(trace, k, index);
  return { phase, index, value: trace.bias };
}

export function frame(trace: Computation, phase: string, k: number): Frame {
  const done = phase === "gather" ? k + 1 : phase === "bias" ? trace.sums.length : 0;
  const extents = extentsAfter(trace, phase, k);
  return {
    get values() {
      return mapAfter(trace, extents);
    },
    get size() {
      return [trace.channels, ...mapLines(trace, extents).map((line) => line.length)];
    },
    output: outputAfter(trace, done, phase === "bias"),
    done,
    window: [],
    extents,
    turned: trace.turned && ["flip", "gather", "bias"].includes(phase),
  };
}

/** Every gap between neighbours that stride opens. */
export const gaps = (trace: Computation) =>
  trace.geometry.stride.flatMap((stride, axis) =>
    stride > 1
      ? Array.from({ length: trace.inputSize[axis] - 1 }, (_, gap) => ({ axis, gap }))
      : [],
  );

/** Every side that the border changes; a negative count crops. */
export const borders = (geometry: Geometry) =>
  geometry
    .border()
    .flatMap((pair, axis) => pair.map((count, side) => ({ axis, side, count })))
    .filter(({ count }) => count !== 0);

/** How far the map has grown along every axis. */
export function extentsAfter(trace: Computation, phase: string, k: number) {
  const extents = trace.inputSize.map(() => ({ gaps: 0, begin: 0, end: 0 }));
  for (const { axis } of gaps(trace).slice(0, phase === "insert_zeros" ? k + 1 : Infinity))
    extents[axis].gaps += 1;
  const opened = { insert_zeros: 0, pad: k + 1 }[phase] ?? Infinity;
  for (const { axis, side, count } of borders(trace.geometry).slice(0, opened))
    extents[axis][side === 0 ? "begin" : "end"] = count;
  return extents;
}

/** What stands along every axis of the map. */
export const mapLines = (trace: Computation, extents: Extent[]) =>
  trace.geometry.axes.map((axis, at) =>
    Array.from({ length: axis.mapSize(trace.inputSize[at], extents[at]) }, (_, q) =>
      axis.mapSource(q, trace.inputSize[at], extents[at]),
    ),
  );

/** What stands for no input where lines meet: a border zero outranks an inserted one. */
export const ZERO = { inserted: -1, padded: -2 };

/** The map at one moment of its growth. */
export function mapAfter(trace: Computation, extents: Extent[]) {
  const lines = mapLines(trace, extents);
  const coded = lines.map((line) =>
    line.map((source) => (typeof source === "number" ? source : ZERO[source])),
  );
  const sources = meet(coded, trace.inputSize);
  const values = new Float64Array(trace.channels * sources.length);
  for (let channel = 0; channel < trace.channels; channel += 1)
    for (let at = 0; at < sources.length; at += 1)
      if (sources[at] >= 0)
        values[channel * sources.length + at] = trace.inputAt(channel, sources[at]);
  return values;
}

/** The output with only its first cells computed. */
export function outputAfter(trace: Computation, done: number, biased: boolean) {
  const output = new Float64Array(trace.sums.length);
  output.set(trace.sums.subarray(0, done));
  const bias = biased ? (trace.bias ?? 0) : 0;
  if (bias) for (let at = 0; at < output.length; at += 1) output[at] += bias;
  return output;
}

/** The input index in each window cell of an output, or what zero stands there. */
export function windowSources(trace: Computation, target: number[]) {
  const lines = trace.geometry.axes.map((axis, at) =>
    Array.from({ length: axis.kernel_size }, (_, t) =>
      axis.mapSource(
        axis.mapCell(target[at], axis.kernel_size - 1 - t),
        trace.inputSize[at],
        axis.grown(trace.inputSize[at]),
      ),
    ),
  );
  return trace.geometry.taps().map((tap) => kindOf(lines, tap));
}

export function kindOf(lines: (number | "inserted" | "padded")[][], cell: number[]): Source {
  const sources = cell.map((at, axis) => lines[axis][at]);
  if (sources.includes("padded")) return "padded";
  if (sources.includes("inserted")) return "inserted";
  return sources as number[];
}

/**
 * What a window multiplies, channels innermost.
 * @param tapOf the tap over each of its cells, both in raster order
 */
export const productsOf = (
  trace: Computation,
  sources: Source[],
  tapOf: (cell: number) => number,
): number[] =>
  sources.flatMap((source, at) =>
    Array.from({ length: trace.channels }, (_, channel) =>
      Array.isArray(source)
        ? trace.inputAt(channel, ravel(source, trace.inputSize)) *
          trace.weightAt(channel, tapOf(at))
        : 0,
    ),
  );

function collect(trace: Computation, k: number, index: number) {
  const target = unravel(k, trace.outputSize);
  const sources = windowSources(trace, target);
  const last = sources.length - 1;
  const products = productsOf(trace, sources, (at) => (trace.turned ? last - at : at));
  return {
    phase: "gather",
    index,
    target,
    sources,
    products,
    value: products.reduce((a, b) => a + b, 0),
  };
}
