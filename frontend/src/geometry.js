/**
 * Which input meets which output: twin of deconvviz/geometry.py, held to it by golden traces.
 *
 *     o = stride * i + dilation * t - padding_begin
 * @module
 */
import { GeometryError } from "./errors.js";
import { cells } from "./grid.js";

/** @typedef {{ source: number[], tap: number[] }} Pair */
/** @typedef {{ gaps: number, begin: number, end: number }} Extent */
/** @typedef {number | number[]} PerAxis */
/**
 * @typedef {object} Parameters
 * @property {any} kernel_size @property {any} [stride] @property {any} [padding]
 * @property {any} [output_padding] @property {any} [dilation]
 */

/** One axis of a transposed convolution. Every other place asks this one. */
export class Axis {
  /**
   * @param {number} kernel_size @param {number} stride @param {number} padding_begin
   * @param {number} padding_end @param {number} output_padding @param {number} dilation
   */
  constructor(kernel_size, stride, padding_begin, padding_end, output_padding, dilation) {
    this.kernel_size = kernel_size;
    this.stride = stride;
    this.padding_begin = padding_begin;
    this.padding_end = padding_end;
    this.output_padding = output_padding;
    this.dilation = dilation;
  }

  /** Canvas cells from the first tap to the last. */
  get span() {
    return this.dilation * (this.kernel_size - 1) + 1;
  }

  /** The same axis with nothing cropped: its outputs are the cells of the full canvas. */
  get whole() {
    return new Axis(this.kernel_size, this.stride, 0, 0, 0, this.dilation);
  }

  /** Zeros that the gather view adds at each side of the stretched map; negative crops it. */
  get border() {
    return [
      this.span - 1 - this.padding_begin,
      this.span - 1 - this.padding_end + this.output_padding,
    ];
  }

  /** What output_padding adds at the end: [cells of the canvas, cells beyond the canvas]. */
  get givenBack() {
    const kept = Math.min(this.output_padding, this.padding_end);
    return [kept, this.output_padding - kept];
  }

  /** @param {number} source @param {number} tap */
  outputIndex(source, tap) {
    return this.stride * source + this.dilation * tap - this.padding_begin;
  }

  /** @param {number} inputSize */
  fullSize(inputSize) {
    return this.whole.outputIndex(inputSize - 1, this.kernel_size - 1) + 1;
  }

  /** @param {number} inputSize */
  outputSize(inputSize) {
    return this.fullSize(inputSize) - this.padding_begin - this.padding_end + this.output_padding;
  }

  /** The error that says which padding would leave at least one output. @param {number} outputSize */
  tooMuchCrop(outputSize) {
    const { padding_begin: begin, padding_end: end } = this;
    const most = Math.floor((outputSize + begin + end - 1) / 2);
    const padding = begin === end ? begin : `(${begin}, ${end})`;
    return new GeometryError("output_size", { value: outputSize, padding, most });
  }

  /** @param {number} inputSize */
  stretchedSize(inputSize) {
    return this.stride * (inputSize - 1) + 1;
  }

  /** Canvas cells that become the output. @param {number} inputSize */
  window(inputSize) {
    return [this.padding_begin, this.padding_begin + this.outputSize(inputSize)];
  }

  /** @param {number} source @param {number} inputSize @returns {[number, number][]} [tap, target] */
  footprint(source, inputSize) {
    const size = this.outputSize(inputSize);
    return [...Array(this.kernel_size).keys()]
      .map((tap) => /** @type {[number, number]} */ ([tap, this.outputIndex(source, tap)]))
      .filter(([, target]) => target >= 0 && target < size);
  }

  /** @param {number} target @param {number} inputSize @returns {[number, number][]} [source, tap] */
  contributors(target, inputSize) {
    /** @type {[number, number][]} */
    const found = [];
    for (let tap = this.kernel_size - 1; tap >= 0; tap -= 1) {
      const source = (target - this.outputIndex(0, tap)) / this.stride;
      if (Number.isInteger(source) && source >= 0 && source < inputSize) found.push([source, tap]);
    }
    return found;
  }

  /** @param {number} inputSize @returns {Extent} */
  grown(inputSize) {
    const [begin, end] = this.border;
    return { gaps: inputSize - 1, begin, end };
  }

  /** @param {number} inputSize @param {Extent} extent */
  mapSize(inputSize, extent) {
    return inputSize + extent.gaps * (this.stride - 1) + extent.begin + extent.end;
  }

  /**
   * The input index that stands in a cell of the map, or what kind of zero does.
   * @param {number} cell @param {number} inputSize @param {Extent} extent
   * @returns {number | "inserted" | "padded"}
   */
  mapSource(cell, inputSize, { gaps, begin }) {
    const place = cell - begin;
    if (place < 0 || place >= inputSize + gaps * (this.stride - 1)) return "padded";
    const opened = Math.min(place, gaps * this.stride);
    if (opened % this.stride) return "inserted";
    return opened / this.stride + Math.max(0, place - gaps * this.stride);
  }

  /** The cell of a map in which an input stands. @param {number} source @param {Extent} extent */
  mapPlace(source, { gaps, begin }) {
    return begin + source + Math.min(source, gaps) * (this.stride - 1);
  }

  /** The cell of the grown map that the window of `target` multiplies by `tap`. @param {number} target @param {number} tap */
  mapCell(target, tap) {
    return target + this.dilation * (this.kernel_size - 1 - tap);
  }
}

/** The parameters of a transposed convolution, checked, with all that follows from them. */
export class Geometry {
  /** @param {Parameters} parameters */
  constructor({ kernel_size, stride = 1, padding = 0, output_padding = 0, dilation = 1 }) {
    const kernel = perAxis("kernel_size", kernel_size, null, 1);
    const ndim = kernel.length;
    const strides = perAxis("stride", stride, ndim, 1);
    const pads = pairs("padding", padding, ndim);
    const extra = perAxis("output_padding", output_padding, ndim, 0);
    const dilations = perAxis("dilation", dilation, ndim, 1);
    kernel.forEach((_, axis) => checkOutputPadding(extra[axis], strides[axis], dilations[axis]));
    this.axes = kernel.map(
      (k, axis) => new Axis(k, strides[axis], pads[axis][0], pads[axis][1], extra[axis], dilations[axis]),
    );
  }

  get ndim() {
    return this.axes.length;
  }
  get kernel_size() {
    return this.axes.map((axis) => axis.kernel_size);
  }
  get stride() {
    return this.axes.map((axis) => axis.stride);
  }
  get padding() {
    return this.axes.map((axis) => [axis.padding_begin, axis.padding_end]);
  }
  get output_padding() {
    return this.axes.map((axis) => axis.output_padding);
  }
  get dilation() {
    return this.axes.map((axis) => axis.dilation);
  }

  /** The same geometry with nothing cropped. */
  get whole() {
    return new Geometry({ kernel_size: this.kernel_size, stride: this.stride, dilation: this.dilation });
  }

  /** @param {any} size @returns {number[]} */
  inputSize(size) {
    return perAxis("input_size", size, this.ndim, 1);
  }

  /** @param {any} size */
  fullSize(size) {
    return this.inputSize(size).map((n, axis) => this.axes[axis].fullSize(n));
  }

  /** @param {any} size */
  stretchedSize(size) {
    return this.inputSize(size).map((n, axis) => this.axes[axis].stretchedSize(n));
  }

  /** @param {any} size @returns {number[]} */
  outputSize(size) {
    const sizes = this.inputSize(size).map((n, axis) => this.axes[axis].outputSize(n));
    const smallest = Math.min(...sizes);
    if (smallest < 1) throw this.axes[sizes.indexOf(smallest)].tooMuchCrop(smallest);
    return sizes;
  }

  border() {
    return this.axes.map((axis) => axis.border);
  }

  /** @param {any} size */
  window(size) {
    this.outputSize(size);
    return this.inputSize(size).map((n, axis) => this.axes[axis].window(n));
  }

  taps() {
    return cells(this.kernel_size);
  }

  /** @param {readonly number[]} source @param {readonly number[]} tap */
  outputIndex(source, tap) {
    return this.axes.map((axis, at) => axis.outputIndex(source[at], tap[at]));
  }

  /** @param {readonly number[]} source @param {any} size @returns {{ tap: number[], target: number[] }[]} */
  footprint(source, size) {
    const sizes = this.inputSize(size);
    const found = product(this.axes.map((axis, at) => axis.footprint(source[at], sizes[at])));
    return found.map((met) => ({ tap: met.map(([tap]) => tap), target: met.map(([, target]) => target) }));
  }

  /** @param {readonly number[]} target @param {any} size @returns {Pair[]} inputs in raster order */
  contributors(target, size) {
    const sizes = this.inputSize(size);
    const found = product(this.axes.map((axis, at) => axis.contributors(target[at], sizes[at])));
    return found.map((met) => ({ source: met.map(([source]) => source), tap: met.map(([, tap]) => tap) }));
  }

  /** @param {any} size @returns {number[][]} per axis, how many pairs meet at each output index */
  overlap(size) {
    const sizes = this.inputSize(size);
    return this.outputSize(size).map((outputs, at) =>
      Array.from({ length: outputs }, (_, o) => this.axes[at].contributors(o, sizes[at]).length),
    );
  }

  toDict() {
    const { kernel_size, stride, padding, output_padding, dilation } = this;
    return { kernel_size, stride, padding, output_padding, dilation };
  }
}

/**
 * @template T @param {T[][]} lists @returns {T[][]} every choice of one entry of each, in raster order
 */
function product(lists) {
  return lists.reduce(
    (/** @type {T[][]} */ found, list) => found.flatMap((lead) => list.map((entry) => [...lead, entry])),
    [[]],
  );
}

/** @param {string} name @param {unknown} value @param {number} least @returns {number} */
export function wholeNumber(name, value, least) {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new GeometryError("whole_number", { name, value: shown(value), least });
  if (value < least) throw new GeometryError("at_least", { name, value, least });
  return value;
}

/** @param {string} name @param {any} value @param {number | null} ndim @param {number} least @returns {number[]} */
function perAxis(name, value, ndim, least) {
  const values = (Array.isArray(value) ? value : Array(ndim ?? 2).fill(value)).map((entry) =>
    wholeNumber(name, entry, least),
  );
  if (ndim !== null) return broadcast(name, values, ndim, value);
  if (values.length < 1 || values.length > 3)
    throw new GeometryError("dimensions", { name, value: shown(value) });
  return values;
}

/** @param {string} name @param {any} value @param {number} ndim @returns {number[][]} */
function pairs(name, value, ndim) {
  const entries = Array.isArray(value) ? value : [value];
  return broadcast(name, entries.map((entry) => pair(name, entry)), ndim, value);
}

/** @param {string} name @param {any} entry @returns {number[]} */
function pair(name, entry) {
  const both = Array.isArray(entry) ? entry : [entry, entry];
  if (both.length !== 2) throw new GeometryError("pair", { name, value: shown(entry) });
  return both.map((side) => wholeNumber(name, side, 0));
}

/** @template T @param {string} name @param {T[]} values @param {number} ndim @param {unknown} typed @returns {T[]} */
function broadcast(name, values, ndim, typed) {
  if (values.length === 1) return Array(ndim).fill(values[0]);
  if (values.length !== ndim) throw new GeometryError("per_axis", { name, value: shown(typed), ndim });
  return values;
}

/** @param {number} value @param {number} stride @param {number} dilation */
function checkOutputPadding(value, stride, dilation) {
  const most = Math.max(stride, dilation) - 1;
  if (value > most) throw new GeometryError("output_padding", { value, stride, dilation, most });
}

/** @param {unknown} value @returns {string} as Python writes it */
export function shown(value) {
  if (typeof value === "string") return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (typeof value === "number" && Number.isNaN(value)) return "nan";
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === null || value === undefined ? "None" : String(value);
}
