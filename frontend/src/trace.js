/** What happened, step by step: twin of deconvviz/trace.py, held to it by golden traces. @module */
import { GeometryError } from "./errors.js";
import { Geometry } from "./geometry.js";
import { flat, same, sizeOf, unravel, volume } from "./grid.js";
import { sentence } from "./sentences.js";
import * as gather from "./stories/gather.js";
import * as matrix from "./stories/matrix.js";
import * as scatter from "./stories/scatter.js";

export const SCHEMA = "deconvviz.trace/1";
/** @type {Record<string, Story>} */
const STORIES = { scatter, gather, matrix };
export const VIEWS = Object.keys(STORIES);

/** @typedef {{ phase: string, index: number } & Record<string, any>} Step */
/** @typedef {{ name: string, start: number, stop: number }} Phase */
/**
 * What there is to see after one step; see Frame in deconvviz/trace.py.
 * @typedef {object} Frame
 * @property {Float64Array} values @property {number[]} size of values
 * @property {Float64Array} output @property {number} done
 * @property {number[][]} window @property {import("./geometry.js").Extent[]} extents @property {boolean} turned
 */
/**
 * @typedef {object} Story
 * @property {(trace: Trace) => [string, number][]} phases
 * @property {(trace: Trace, phase: string, k: number, index: number) => Step} step
 * @property {(trace: Trace, phase: string, k: number) => Frame} frame
 */

/** One plane of a transposed convolution, told step by step. */
export class Trace {
  /**
   * @param {Geometry} geometry
   * @param {Float64Array} input (channels, *inputSize) in raster order
   * @param {Float64Array} weight (channels, *kernel_size) in raster order
   * @param {number[]} inputSize @param {number} channels
   * @param {number | null} [bias] @param {string} [view]
   */
  constructor(geometry, input, weight, inputSize, channels, bias = null, view = "scatter") {
    if (!VIEWS.includes(view))
      throw new GeometryError("choice", { name: "view", value: `'${view}'`, choices: VIEWS.join(", ") });
    this.geometry = geometry;
    this.input = input;
    this.weight = weight;
    this.inputSize = geometry.inputSize(inputSize);
    this.channels = channels;
    this.bias = bias;
    this.view = view;
    /** Which group of its layer this plane belongs to; for words only. */
    this.part = { group: 0, groups: 1 };
    this.outputSize = geometry.outputSize(inputSize);
    this.fullSize = geometry.fullSize(inputSize);
    this.cells = volume(this.inputSize);
    /** @type {scatter.Stamped} stamps laid so far: steps go forward from here */
    this.stamped = scatter.nothingStamped(this);
    this.sums = scatter.cropped(this, scatter.stampedUntil(this, this.cells * channels).canvas);
    this.phases = phasesOf(STORIES[view].phases(this));
    /** @type {{ index: number, step: Step } | null} the last step asked for: several parts ask for it in turn */
    this.told = null;
    /** @type {{ index: number, frame: Frame } | null} */
    this.shown = null;
  }

  /** @param {any} data what `to_dict` wrote in Python */
  static fromDict(data) {
    if (data?.schema !== SCHEMA)
      throw new GeometryError("schema", { value: `'${data?.schema}'`, expected: `'${SCHEMA}'` });
    const geometry = new Geometry(data.geometry);
    const [channels, ...size] = sizeOf(data.input);
    const [rows, ...kernel] = sizeOf(data.weight);
    if (!same(kernel, geometry.kernel_size))
      throw new GeometryError("kernel_shape", { value: kernel, expected: geometry.kernel_size });
    if (rows !== channels) throw new GeometryError("in_channels", { value: channels, expected: rows });
    const [input, weight] = [data.input, data.weight].map((nested) => Float64Array.from(flat(nested)));
    return new Trace(geometry, input, weight, size, channels, data.bias, data.view);
  }

  /** The same computation, told in another view. @param {string} view */
  withView(view) {
    const told = new Trace(this.geometry, this.input, this.weight, this.inputSize, this.channels, this.bias, view);
    told.part = this.part;
    return told;
  }

  get length() {
    return this.phases[this.phases.length - 1].stop;
  }

  /** The output, in raster order. */
  get output() {
    const { bias } = this;
    return bias === null ? this.sums : this.sums.map((sum) => sum + bias);
  }

  /** @param {number} index @returns {Phase} */
  phase(index) {
    const found = this.phases.find(({ start, stop }) => index >= start && index < stop);
    if (!found) throw new RangeError(`step (=${index}) must be smaller than ${this.length}`);
    return found;
  }

  /** @param {number} index @returns {Step} */
  step(index) {
    if (this.told?.index === index) return this.told.step;
    const { name, start } = this.phase(index);
    const step = STORIES[this.view].step(this, name, index - start, index);
    this.told = { index, step };
    return step;
  }

  /** @param {number} index @returns {Frame} */
  frame(index) {
    if (this.shown?.index === index) return this.shown.frame;
    const { name, start } = this.phase(index);
    const frame = STORIES[this.view].frame(this, name, index - start);
    this.shown = { index, frame };
    return frame;
  }

  /** @param {number} index @param {string} [lang] */
  sentence(index, lang = "en") {
    return sentence(this, this.step(index), lang);
  }

  /** @param {number} channel @param {number} cell place in raster order */
  inputAt(channel, cell) {
    return this.input[channel * this.cells + cell];
  }

  /** @param {number} channel @param {number} tap place in raster order */
  weightAt(channel, tap) {
    return this.weight[channel * volume(this.geometry.kernel_size) + tap];
  }

  /** The k-th input that a story visits: raster order, channels innermost. @param {number} k */
  sourceOf(k) {
    return { channel: k % this.channels, source: unravel(Math.floor(k / this.channels), this.inputSize) };
  }
}

/** @param {[string, number][]} counts @returns {Phase[]} */
function phasesOf(counts) {
  let stop = 0;
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, start: stop, stop: (stop += count) }));
}
