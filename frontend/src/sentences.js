/** From a step's facts to the sentence a reader sees: twin of deconvviz/sentences.py. @module */
import { fill, number, words } from "./text.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Step} Step */
/** @typedef {import("./text.js").Words} Words */

/** Say what a step did. @param {Trace} trace @param {Step} step @param {string} lang @returns {string} */
export const sentence = (trace, step, lang) => SENTENCES[step.phase](trace, step, words(lang));

/** An index as it stands between brackets. @param {readonly (number | string)[]} index */
export const cell = (index) => index.join(", ");

/** A size: 3 × 3. @param {readonly number[]} sizes */
export const size = (sizes) => sizes.join(" × ");

/** @type {Record<string, (trace: Trace, step: Step, words: Words) => string>} */
const SENTENCES = {
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
    return fill(words.steps.pad[step.count > 0 ? "add" : "crop"], {
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
    return fill(steps.flip, { first: `[${cell(taps[0])}]`, last: `[${cell(taps[taps.length - 1])}]` });
  },
  gather(trace, step, { steps }) {
    const count = (/** @type {string} */ kind) =>
      step.sources.filter((/** @type {unknown} */ source) => source === kind).length * trace.channels;
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

/** @param {Trace} trace @param {number} which @param {Words} words */
const channel = (trace, which, words) =>
  trace.channels > 1 ? fill(words.channel, { channel: which }) : "";

/** @param {Trace} trace @param {number} axis @param {number} count @param {Words} words */
const unit = (trace, axis, count, words) =>
  fill(words.units[trace.geometry.ndim - 1][axis], { n: count });

/** @param {Trace} trace @param {number} axis @param {number} which @param {Words} words @returns {string} */
const side = (trace, axis, which, words) => words.sides[trace.geometry.ndim - 1][2 * axis + which];

/** The canvas cells of a stamp: rows 2–4, columns 0–2. @param {Trace} trace @param {number[][]} targets @param {Words} words */
const where = (trace, targets, words) =>
  trace.geometry.dilation
    .map((step, axis) => {
      const [first, last] = [targets[0][axis], targets[targets.length - 1][axis]];
      const template = words.range[first === last ? "one" : step > 1 ? "gaps" : "many"];
      return fill(template, { unit: unit(trace, axis, first === last ? 1 : 2, words), first, last, step });
    })
    .join(", ");
