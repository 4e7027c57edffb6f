/** From a step's facts to the sentence a reader sees: twin of deconvviz/trace/sentences.py. */

import type { Computation, Step } from "./steps.ts";
import type { Words } from "./text.ts";
import { fill, number, words } from "./text.ts";

/** Say what a step did. */
export const sentence = (trace: Computation, step: Step, lang: string): string =>
  SENTENCES[step.phase](trace, step, words(lang));

/** An index as it stands between brackets. */
export const cell = (index: readonly (number | string)[]) => index.join(", ");

/** A size: 3 × 3. */
export const size = (sizes: readonly number[]) => sizes.join(" × ");

const SENTENCES: Record<string, (trace: Computation, step: Step, words: Words) => string> = {
  canvas: (_, step, { steps }) => fill(steps.canvas, { size: size(step.size) }),
  scatter(trace, step, words) {
    const held = step.held.filter(Boolean).length;
    const overlap = words.steps.overlap[held ? "some" : "none"];
    return fill(words.steps.scatter, {
      channel: channel(trace, step.channel, words),
      source: cell(step.source),
      value: number(step.value),
      where: where(trace, step.targets, words),
      overlap: fill(overlap, { held, targets: step.targets.length }),
    });
  },
  crop: (trace, step, words) =>
    fill(words.steps.crop, {
      count: step.count,
      unit: unit(trace, step.axis, step.count, words),
      side: side(trace, step.axis, step.side, words),
    }),
  extend(trace, { axis, kept, beyond }, words) {
    const template = words.steps.extend[!kept ? "beyond" : beyond ? "both" : "kept"];
    const rows = unit(trace, axis, beyond || kept, words);
    return fill(template, { kept, beyond, unit: rows, side: side(trace, axis, 1, words) });
  },
  bias: (trace, step, { steps }) =>
    fill(steps.bias, { value: number(step.value), count: trace.sums.length }),
  insert_zeros: (trace, step, words) =>
    fill(words.steps.insert_zeros, {
      stride: trace.geometry.stride[step.axis],
      count: step.count,
      unit: unit(trace, step.axis, step.count, words),
      axis: words.axes[trace.geometry.ndim - 1][step.axis],
      before: step.gap,
      after: step.gap + 1,
    }),
  pad(trace, step, words) {
    const axis = trace.geometry.axes[step.axis];
    const { output_padding } = axis;
    const kind = trace.direct ? "direct" : step.count > 0 ? "add" : "crop";
    return fill(words.steps.pad[kind], {
      count: Math.abs(step.count),
      unit: unit(trace, step.axis, Math.abs(step.count), words),
      side: side(trace, step.axis, step.side, words),
      span: axis.span - 1,
      padding: step.side ? axis.padding_end : axis.padding_begin,
      extra: step.side && output_padding ? fill(words.steps.pad.extra, { output_padding }) : "",
    });
  },
  flip(trace, _, { steps }) {
    const taps = trace.geometry.taps();
    return fill(steps.flip, {
      first: `[${cell(taps[0])}]`,
      last: `[${cell(taps[taps.length - 1])}]`,
    });
  },
  keep: (_trace, _step, { steps }) => steps.keep,
  gather(trace, step, { steps }) {
    const count = (kind: string) =>
      step.sources.filter((source: unknown) => source === kind).length * trace.channels;
    const [inserted, padded] = [count("inserted"), count("padded")];
    const products = step.products.length;
    return fill(steps.gather, {
      target: cell(step.target),
      value: number(step.value),
      products,
      real: products - inserted - padded,
      inserted,
      padded,
    });
  },
  map: (_, step, { steps }) => fill(steps.map, { size: size(step.size) }),
  slide: (trace, step, { steps }) =>
    fill(steps.slide, {
      target: cell(step.target),
      value: number(step.value),
      start: cell(step.start.map((at: number) => number(at))),
      real: step.sources.filter((source: unknown) => source !== "padded").length * trace.channels,
      products: step.products.length,
    }),
  cut(trace, { axis, count }, words) {
    const { output_padding, stride } = trace.geometry.axes[axis];
    return fill(words.steps.cut, {
      ndim: trace.geometry.ndim,
      count,
      unit: unit(trace, axis, count, words),
      side: side(trace, axis, 1, words),
      output_padding,
      stride,
    });
  },
  unroll: (trace, step, words) =>
    fill(words.steps.unroll, {
      row: step.row,
      channel: channel(trace, step.channel, words),
      source: cell(step.source),
    }),
  transpose: (_, { rows, columns }, { steps }) => fill(steps.transpose, { rows, columns }),
  flatten: (_, { count }, { steps }) => fill(steps.flatten, { count }),
  multiply: (_, step, { steps }) =>
    fill(steps.multiply, {
      row: step.row,
      products: step.products.length,
      target: cell(step.target),
      value: number(step.value),
    }),
  reshape: (trace, step, { steps }) =>
    fill(steps.reshape, { count: trace.sums.length, size: size(step.size) }),
};

const channel = (trace: Computation, which: number, words: Words) =>
  trace.channels > 1 ? fill(words.channel, { channel: which }) : "";

const unit = (trace: Computation, axis: number, count: number, words: Words) =>
  fill(words.units[trace.geometry.ndim - 1][axis], { n: count });

const side = (trace: Computation, axis: number, which: number, words: Words): string =>
  words.sides[trace.geometry.ndim - 1][2 * axis + which];

/** The canvas cells of a stamp: rows 2–4, columns 0–2. */
const where = (trace: Computation, targets: number[][], words: Words) =>
  trace.geometry.dilation
    .map((step, axis) => {
      const [first, last] = [targets[0][axis], targets[targets.length - 1][axis]];
      const template = words.range[first === last ? "one" : step > 1 ? "gaps" : "many"];
      return fill(template, {
        unit: unit(trace, axis, first === last ? 1 : 2, words),
        first,
        last,
        step,
      });
    })
    .join(", ");
