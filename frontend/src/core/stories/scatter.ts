/** Scatter: every input cell stamps the kernel onto the canvas; then the crop, then the bias. */

import type { Geometry } from "../geometry.ts";
import { meet, ravel, volume } from "../grid.ts";
import { once } from "../memo.ts";
import type { Computation, Frame, Stamped } from "../steps.ts";

export const phases = (trace: Computation): [string, number][] => [
  ["canvas", 1],
  ["scatter", trace.input.length],
  ["crop", crops(trace.geometry).length],
  ["extend", extensions(trace.geometry).length],
  ["bias", trace.bias === null ? 0 : 1],
];

export function step(trace: Computation, phase: string, k: number, index: number) {
  if (phase === "canvas") return { phase, index, size: trace.fullSize };
  if (phase === "scatter") return stamp(trace, k, index);
  if (phase === "crop") return { phase, index, ...crops(trace.geometry)[k] };
  if (phase === "extend") return { phase, index, ...extensions(trace.geometry)[k] };
  return { phase, index, value: trace.bias };
}

export function frame(trace: Computation, phase: string, k: number): Frame {
  const done = phase === "canvas" ? 0 : phase === "scatter" ? k + 1 : trace.input.length;
  const values = stampedUntil(trace, done).canvas.slice();
  return {
    values,
    size: trace.fullSize,
    get output() {
      const bias = phase === "bias" ? (trace.bias ?? 0) : 0;
      const output = cropped(trace, values);
      return bias ? output.map((sum) => sum + bias) : output;
    },
    done,
    window: windowAfter(trace, phase, k),
    extents: [],
    turned: false,
  };
}

export const crops = (geometry: Geometry): { axis: number; side: number; count: number }[] =>
  geometry.padding
    .flatMap((pair, axis) => pair.map((count, side) => ({ axis, side, count })))
    .filter(({ count }) => count > 0);

export const extensions = (geometry: Geometry): { axis: number; kept: number; beyond: number }[] =>
  geometry.axes
    .map(({ givenBack: [kept, beyond] }, axis) => ({ axis, kept, beyond }))
    .filter(({ kept, beyond }) => kept + beyond > 0);

/** The part of the canvas still kept. */
export function windowAfter(trace: Computation, phase: string, k: number) {
  const window = trace.fullSize.map((size) => [0, size]);
  const cut = { canvas: 0, scatter: 0, crop: k + 1 }[phase] ?? Infinity;
  for (const { axis, side, count } of crops(trace.geometry).slice(0, cut))
    window[axis][side] += side === 0 ? count : -count;
  const given = { extend: k + 1, bias: Infinity }[phase] ?? 0;
  for (const { axis, kept, beyond } of extensions(trace.geometry).slice(0, given))
    window[axis][1] += kept + beyond;
  return window;
}

export function nothingStamped(trace: Computation): Stamped {
  const size = volume(trace.fullSize);
  return { done: 0, canvas: new Float64Array(size), counts: new Uint32Array(size) };
}

/**
 * The canvas after the first stamps: one canvas a trace, so copy what must outlive the next call.
 * Forward it only adds what is new; backward it starts again, since a sum cannot be undone exactly.
 */
export function stampedUntil(trace: Computation, done: number): Stamped {
  const { stamped, input, stamps, channels } = trace;
  const { canvas, counts } = stamped;
  const { sources, taps } = places(trace);
  if (stamped.done > done) {
    canvas.fill(0);
    counts.fill(0);
    stamped.done = 0;
  }
  for (; stamped.done < done; stamped.done += 1) {
    const channel = stamped.done % channels;
    const cell = (stamped.done - channel) / channels;
    const value = input[channel * trace.cells + cell];
    const first = channel * taps.length;
    for (let tap = 0; tap < taps.length; tap += 1) {
      const at = sources[cell] + taps[tap];
      canvas[at] += value * stamps[first + tap];
      counts[at] += 1;
    }
  }
  return stamped;
}

/** The output that a canvas holds: padding cut off, output_padding given back. */
export function cropped(trace: Computation, canvas: Float64Array): Float64Array {
  const kept = once(trace, "kept", () => meet(keptLines(trace), trace.fullSize));
  const output = new Float64Array(kept.length);
  for (let at = 0; at < kept.length; at += 1) output[at] = kept[at] < 0 ? 0 : canvas[kept[at]];
  return output;
}

/** Per axis, the canvas cell of every output index; -1 beyond the canvas. */
const keptLines = (trace: Computation) =>
  trace.geometry
    .window(trace.inputSize)
    .map(([start, stop], axis) =>
      Array.from({ length: stop - start }, (_, o) =>
        start + o < trace.fullSize[axis] ? start + o : -1,
      ),
    );

/** Where inputs and taps lie on the canvas, in raster order: their sum is where they meet. */
const places = (trace: Computation) =>
  once(trace, "places", () => {
    const { axes } = trace.geometry.whole;
    const sources = axes.map((axis, at) =>
      Array.from({ length: trace.inputSize[at] }, (_, source) => axis.outputIndex(source, 0)),
    );
    const taps = axes.map((axis) =>
      Array.from({ length: axis.kernel_size }, (_, tap) => axis.outputIndex(0, tap)),
    );
    return { sources: meet(sources, trace.fullSize), taps: meet(taps, trace.fullSize) };
  });

function stamp(trace: Computation, k: number, index: number) {
  const whole = trace.geometry.whole;
  const { channel, source } = trace.sourceOf(k);
  const value = trace.inputAt(channel, ravel(source, trace.inputSize));
  const targets = whole.taps().map((tap) => whole.outputIndex(source, tap));
  return {
    phase: "scatter",
    index,
    channel,
    source,
    value,
    products: targets.map((_, tap) => value * trace.weightAt(channel, tap)),
    targets,
    held: whole
      .taps()
      .map((tap) => channel > 0 || tap.some((t, at) => whole.axes[at].held(source[at], t))),
  };
}
