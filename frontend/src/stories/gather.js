/** Gather: zeros open the input, a border surrounds it, the kernel turns, a window visits all. @module */
import { meet, ravel, unravel } from "../grid.js";

/** @typedef {import("../trace.js").Trace} Trace */
/** @typedef {import("../geometry.js").Geometry} Geometry */
/** @typedef {import("../geometry.js").Extent} Extent */
/** @typedef {number[] | "inserted" | "padded"} Source */

/** @param {Trace} trace @returns {[string, number][]} */
export const phases = (trace) => [
  ["insert_zeros", gaps(trace).length],
  ["pad", borders(trace.geometry).length],
  ["flip", 1],
  ["gather", trace.sums.length],
  ["bias", trace.bias === null ? 0 : 1],
];

/** @param {Trace} trace @param {string} phase @param {number} k @param {number} index */
export function step(trace, phase, k, index) {
  if (phase === "insert_zeros") {
    const { axis, gap } = gaps(trace)[k];
    return { phase, index, axis, gap, count: trace.geometry.stride[axis] - 1 };
  }
  if (phase === "pad") return { phase, index, ...borders(trace.geometry)[k] };
  if (phase === "flip") return { phase, index };
  if (phase === "gather") return collect(trace, k, index);
  return { phase, index, value: trace.bias };
}

/** @param {Trace} trace @param {string} phase @param {number} k @returns {import("../trace.js").Frame} */
export function frame(trace, phase, k) {
  const done = phase === "gather" ? k + 1 : phase === "bias" ? trace.sums.length : 0;
  const extents = extentsAfter(trace, phase, k);
  return {
    get values() {
      return mapAfter(trace, extents);
    },
    size: [trace.channels, ...mapLines(trace, extents).map((line) => line.length)],
    output: outputAfter(trace, done, phase === "bias"),
    done,
    window: [],
    extents,
    turned: ["flip", "gather", "bias"].includes(phase),
  };
}

/** Every gap between neighbours that stride opens. @param {Trace} trace */
export const gaps = (trace) =>
  trace.geometry.stride.flatMap((stride, axis) =>
    stride > 1 ? Array.from({ length: trace.inputSize[axis] - 1 }, (_, gap) => ({ axis, gap })) : [],
  );

/** Every side that the border changes; a negative count crops. @param {Geometry} geometry */
export const borders = (geometry) =>
  geometry
    .border()
    .flatMap((pair, axis) => pair.map((count, side) => ({ axis, side, count })))
    .filter(({ count }) => count !== 0);

/** How far the map has grown along every axis. @param {Trace} trace @param {string} phase @param {number} k */
export function extentsAfter(trace, phase, k) {
  const extents = trace.inputSize.map(() => ({ gaps: 0, begin: 0, end: 0 }));
  for (const { axis } of gaps(trace).slice(0, phase === "insert_zeros" ? k + 1 : Infinity))
    extents[axis].gaps += 1;
  const opened = { insert_zeros: 0, pad: k + 1 }[phase] ?? Infinity;
  for (const { axis, side, count } of borders(trace.geometry).slice(0, opened))
    extents[axis][side === 0 ? "begin" : "end"] = count;
  return extents;
}

/** What stands along every axis of the map. @param {Trace} trace @param {Extent[]} extents */
export const mapLines = (trace, extents) =>
  trace.geometry.axes.map((axis, at) =>
    Array.from({ length: axis.mapSize(trace.inputSize[at], extents[at]) }, (_, q) =>
      axis.mapSource(q, trace.inputSize[at], extents[at]),
    ),
  );

/** What stands for no input where lines meet: a border zero outranks an inserted one. */
export const ZERO = { inserted: -1, padded: -2 };

/** The map at one moment of its growth. @param {Trace} trace @param {Extent[]} extents */
function mapAfter(trace, extents) {
  const lines = mapLines(trace, extents);
  const coded = lines.map((line) => line.map((source) => (typeof source === "number" ? source : ZERO[source])));
  const sources = meet(coded, trace.inputSize);
  const values = new Float64Array(trace.channels * sources.length);
  for (let channel = 0; channel < trace.channels; channel += 1)
    for (let at = 0; at < sources.length; at += 1)
      if (sources[at] >= 0) values[channel * sources.length + at] = trace.inputAt(channel, sources[at]);
  return values;
}

/** The output with only its first cells computed. @param {Trace} trace @param {number} done @param {boolean} biased */
export function outputAfter(trace, done, biased) {
  const output = new Float64Array(trace.sums.length);
  output.set(trace.sums.subarray(0, done));
  const bias = biased ? (trace.bias ?? 0) : 0;
  if (bias) for (let at = 0; at < output.length; at += 1) output[at] += bias;
  return output;
}

/** The input index in each window cell of an output, or what zero stands there. @param {Trace} trace @param {number[]} target */
export function windowSources(trace, target) {
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

/** @param {(number | "inserted" | "padded")[][]} lines @param {number[]} cell @returns {Source} */
export function kindOf(lines, cell) {
  const sources = cell.map((at, axis) => lines[axis][at]);
  if (sources.includes("padded")) return "padded";
  if (sources.includes("inserted")) return "inserted";
  return /** @type {number[]} */ (sources);
}

/** @param {Trace} trace @param {number} k @param {number} index */
function collect(trace, k, index) {
  const target = unravel(k, trace.outputSize);
  const sources = windowSources(trace, target);
  const last = sources.length - 1;
  const products = sources.flatMap((source, at) =>
    Array.from({ length: trace.channels }, (_, channel) =>
      Array.isArray(source)
        ? trace.inputAt(channel, ravel(source, trace.inputSize)) * trace.weightAt(channel, last - at)
        : 0,
    ),
  );
  return { phase: "gather", index, target, sources, products, value: products.reduce((a, b) => a + b, 0) };
}
