/**
 * Direct: the convolution that a layer transposes; a map, a border, a window that moves by stride. It
 * reads the large map, which the layer writes, and writes the small one. Nothing is turned.
 */

import type { Extent, Geometry } from "../geometry.ts";
import { isIn, meet, unravel, volume } from "../grid.ts";
import type { Computation, Frame } from "../steps.ts";
import type { Source } from "./gather.ts";
import { mapAfter, mapLines, outputAfter, productsOf } from "./gather.ts";
import { crops } from "./scatter.ts";

export const phases = (trace: Computation): [string, number][] => [
  ["map", 1],
  ["pad", crops(trace.geometry).length],
  ["slide", trace.sums.length],
  ["cut", cuts(trace.geometry).length],
];

export function step(trace: Computation, phase: string, k: number, index: number) {
  if (phase === "map") return { phase, index, size: trace.inputSize };
  if (phase === "pad") return { phase, index, ...crops(trace.geometry)[k] };
  if (phase === "slide") return slide(trace, k, index);
  return { phase, index, ...cuts(trace.geometry)[k] };
}

export function frame(trace: Computation, phase: string, k: number): Frame {
  const done = { map: 0, pad: 0, slide: k + 1 }[phase] ?? trace.sums.length;
  const extents = extentsAfter(trace, phase, k);
  return {
    get values() {
      return mapAfter(trace, extents);
    },
    size: [trace.channels, ...mapLines(trace, extents).map((line) => line.length)],
    output: outputAfter(trace, done, false),
    done,
    window: [],
    extents,
    turned: false,
  };
}

/** Every axis with positions for which the layer has no input. */
export const cuts = (geometry: Geometry): { axis: number; count: number }[] =>
  geometry.axes.map(({ cut }, axis) => ({ axis, count: cut })).filter(({ count }) => count > 0);

/** How far the map has grown along every axis; no gaps ever open. */
function extentsAfter(trace: Computation, phase: string, k: number): Extent[] {
  const extents = trace.inputSize.map(() => ({ gaps: 0, begin: 0, end: 0 }));
  const opened = { map: 0, pad: k + 1 }[phase] ?? Infinity;
  for (const { axis, side, count } of crops(trace.geometry).slice(0, opened))
    extents[axis][side === 0 ? "begin" : "end"] = count;
  return extents;
}

/** The input index under every tap, or that a zero of the border stands there. */
export const windowSources = ({ geometry, inputSize }: Computation, target: number[]): Source[] =>
  geometry.taps().map((tap) => {
    const index = geometry.outputIndex(target, tap);
    return isIn(index, inputSize) ? index : "padded";
  });

/** Every output, each sum in the order of its window: tap by tap, channels innermost. */
export function read(trace: Computation): Float64Array {
  const { geometry, inputSize, outputSize, channels } = trace;
  const output = new Float64Array(volume(outputSize));
  geometry.taps().forEach((tap, at) => {
    const lines = geometry.axes.map((axis, number) =>
      Int32Array.from({ length: outputSize[number] }, (_, o) => {
        const index = axis.outputIndex(o, tap[number]);
        return index < inputSize[number] ? Math.max(-1, index) : -1;
      }),
    );
    meet(lines, inputSize).forEach((source, target) => {
      if (source < 0) return;
      for (let channel = 0; channel < channels; channel += 1)
        output[target] += trace.inputAt(channel, source) * trace.weightAt(channel, at);
    });
  });
  return output;
}

function slide(trace: Computation, k: number, index: number) {
  const { geometry, outputSize } = trace;
  const target = unravel(k, outputSize);
  const sources = windowSources(trace, target);
  const products = productsOf(trace, sources, (tap) => tap);
  return {
    phase: "slide",
    index,
    target,
    start: geometry.outputIndex(
      target,
      target.map(() => 0),
    ),
    sources,
    products,
    value: products.reduce((all, product) => all + product, 0),
  };
}
