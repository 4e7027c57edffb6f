/**
 * Which input meets which output: twin of deconvviz/geometry/, held to it by golden traces.
 *
 * o = stride * i + dilation * t - padding_begin
 */
import { GeometryError } from "./errors.ts";
import { cells } from "./grid.ts";
import { shown } from "./shown.ts";

export type Pair = { source: number[]; tap: number[] };
export type Extent = { gaps: number; begin: number; end: number };
export type PerAxis = number | number[];
export interface Parameters {
  kernel_size: any;
  stride?: any;
  padding?: any;
  output_padding?: any;
  dilation?: any;
}

/** One axis of a transposed convolution. Every other place asks this one. */
export class Axis {
  kernel_size: number;
  stride: number;
  padding_begin: number;
  padding_end: number;
  output_padding: number;
  dilation: number;
  /** how many [inputs, taps] lie between neighbours among the pairs that meet at a cell */
  apart: [number, number];
  #inverse: number;

  constructor(
    kernel_size: number,
    stride: number,
    padding_begin: number,
    padding_end: number,
    output_padding: number,
    dilation: number,
  ) {
    this.kernel_size = kernel_size;
    this.stride = stride;
    this.padding_begin = padding_begin;
    this.padding_end = padding_end;
    this.output_padding = output_padding;
    this.dilation = dilation;
    const common = divisor(stride, dilation);
    this.apart = [dilation / common, stride / common];
    this.#inverse = inverse((dilation / common) % (stride / common), stride / common);
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

  outputIndex(source: number, tap: number) {
    return this.stride * source + this.dilation * tap - this.padding_begin;
  }

  fullSize(inputSize: number) {
    return this.whole.outputIndex(inputSize - 1, this.kernel_size - 1) + 1;
  }

  outputSize(inputSize: number) {
    return this.fullSize(inputSize) - this.padding_begin - this.padding_end + this.output_padding;
  }

  /** The error that says which padding would leave at least one output. */
  tooMuchCrop(outputSize: number) {
    const { padding_begin: begin, padding_end: end } = this;
    const most = Math.floor((outputSize + begin + end - 1) / 2);
    const padding = begin === end ? begin : `(${begin}, ${end})`;
    return new GeometryError("output_size", { value: outputSize, padding, most });
  }

  /** Positions of the direct convolution for which the transposed layer has no input. */
  get cut() {
    return Math.floor(this.output_padding / this.stride);
  }

  /** @returns positions of the direct convolution over so many cells, and our output_padding */
  directSize(size: number): [number, number] {
    const room = size + this.padding_begin + this.padding_end - this.span;
    const steps = Math.floor(room / this.stride);
    return [steps + 1 - this.cut, room - steps * this.stride + this.cut * this.stride];
  }

  /** The error that says what would leave the direct convolution a position. */
  tooSmall(size: number) {
    const padded = size + this.padding_begin + this.padding_end;
    const less = this.span + this.cut * this.stride - padded;
    if (this.cut)
      return new GeometryError("direct_cut", {
        value: this.output_padding,
        stride: this.stride,
        less,
      });
    return new GeometryError("direct_size", { span: this.span, value: padded, less });
  }

  stretchedSize(inputSize: number) {
    return this.stride * (inputSize - 1) + 1;
  }

  /** Canvas cells that become the output. */
  window(inputSize: number) {
    return [this.padding_begin, this.padding_begin + this.outputSize(inputSize)];
  }

  /** @returns [tap, target] */
  footprint(source: number, inputSize: number): [number, number][] {
    const size = this.outputSize(inputSize);
    return [...Array(this.kernel_size).keys()]
      .map((tap) => [tap, this.outputIndex(source, tap)] as [number, number])
      .filter(([, target]) => target >= 0 && target < size);
  }

  /** @returns [source, tap] */
  contributors(target: number, inputSize: number): [number, number][] {
    const { first, step, count } = this.#meeting(target, inputSize);
    return Array.from({ length: count }, (_, at) => {
      const tap = first + step * (count - 1 - at);
      return [(target - this.outputIndex(0, tap)) / this.stride, tap];
    });
  }

  /** Does an earlier input reach the canvas cell of a source and a tap, too? */
  held(source: number, tap: number) {
    const [inputs, taps] = this.apart;
    return source >= inputs && tap + taps < this.kernel_size;
  }

  /** @returns how many pairs meet at each output */
  overlap(inputSize: number): number[] {
    return Array.from(
      { length: this.outputSize(inputSize) },
      (_, target) => this.#meeting(target, inputSize).count,
    );
  }

  /** The taps with which inputs reach an output: evenly apart. */
  #meeting(target: number, inputSize: number) {
    const cell = target + this.padding_begin;
    const step = this.apart[1];
    const scaled = cell / (this.stride / step);
    if (!Number.isInteger(scaled)) return { first: 0, step, count: 0 };
    const anyTap = (scaled % step) * this.#inverse;
    const least = Math.max(0, Math.ceil((cell - this.stride * (inputSize - 1)) / this.dilation));
    const most = Math.min(this.kernel_size - 1, Math.floor(cell / this.dilation));
    const first = least + modulo(anyTap - least, step);
    return { first, step, count: Math.max(0, Math.floor((most - first) / step) + 1) };
  }

  grown(inputSize: number): Extent {
    const [begin, end] = this.border;
    return { gaps: inputSize - 1, begin, end };
  }

  mapSize(inputSize: number, extent: Extent) {
    return inputSize + extent.gaps * (this.stride - 1) + extent.begin + extent.end;
  }

  /** The input index that stands in a cell of the map, or what kind of zero does. */
  mapSource(
    cell: number,
    inputSize: number,
    { gaps, begin }: Extent,
  ): number | "inserted" | "padded" {
    const place = cell - begin;
    if (place < 0 || place >= inputSize + gaps * (this.stride - 1)) return "padded";
    const opened = Math.min(place, gaps * this.stride);
    if (opened % this.stride) return "inserted";
    return opened / this.stride + Math.max(0, place - gaps * this.stride);
  }

  /** The cell of a map in which an input stands. */
  mapPlace(source: number, { gaps, begin }: Extent) {
    return begin + source + Math.min(source, gaps) * (this.stride - 1);
  }

  /** The cell of the grown map that the window of `target` multiplies by `tap`. */
  mapCell(target: number, tap: number) {
    return target + this.dilation * (this.kernel_size - 1 - tap);
  }
}

/** The parameters of a transposed convolution, checked, with all that follows from them. */
export class Geometry {
  axes: Axis[];

  constructor({
    kernel_size,
    stride = 1,
    padding = 0,
    output_padding = 0,
    dilation = 1,
  }: Parameters) {
    const kernel = perAxis("kernel_size", kernel_size, null, 1);
    const ndim = kernel.length;
    const strides = perAxis("stride", stride, ndim, 1);
    const pads = pairs("padding", padding, ndim);
    const extra = perAxis("output_padding", output_padding, ndim, 0);
    const dilations = perAxis("dilation", dilation, ndim, 1);
    kernel.forEach((_, axis) => checkOutputPadding(extra[axis], strides[axis], dilations[axis]));
    this.axes = kernel.map(
      (k, axis) =>
        new Axis(k, strides[axis], pads[axis][0], pads[axis][1], extra[axis], dilations[axis]),
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
    return new Geometry({
      kernel_size: this.kernel_size,
      stride: this.stride,
      dilation: this.dilation,
    });
  }

  inputSize(size: any): number[] {
    return perAxis("input_size", size, this.ndim, 1);
  }

  fullSize(size: any) {
    return this.inputSize(size).map((n, axis) => this.axes[axis].fullSize(n));
  }

  stretchedSize(size: any) {
    return this.inputSize(size).map((n, axis) => this.axes[axis].stretchedSize(n));
  }

  outputSize(size: any): number[] {
    const sizes = this.inputSize(size).map((n, axis) => this.axes[axis].outputSize(n));
    const smallest = Math.min(...sizes);
    if (smallest < 1) throw this.axes[sizes.indexOf(smallest)].tooMuchCrop(smallest);
    return sizes;
  }

  /**
   * The geometry and input size of the transpose of a direct convolution: of the output_padding here
   * only whole strides count, which cut positions; what else it is follows from the size.
   * @param size what the direct convolution reads and the transpose writes
   */
  direct(size: any): { geometry: Geometry; inputSize: number[] } {
    const sizes = this.inputSize(size);
    const found = this.axes.map((axis, at) => axis.directSize(sizes[at]));
    const at = found.findIndex(([steps]) => steps < 1);
    if (at >= 0) throw this.axes[at].tooSmall(sizes[at]);
    return {
      geometry: new Geometry({ ...this.toDict(), output_padding: found.map(([, left]) => left) }),
      inputSize: found.map(([steps]) => steps),
    };
  }

  border() {
    return this.axes.map((axis) => axis.border);
  }

  window(size: any) {
    this.outputSize(size);
    return this.inputSize(size).map((n, axis) => this.axes[axis].window(n));
  }

  taps() {
    return cells(this.kernel_size);
  }

  outputIndex(source: readonly number[], tap: readonly number[]) {
    return this.axes.map((axis, at) => axis.outputIndex(source[at], tap[at]));
  }

  footprint(source: readonly number[], size: any): { tap: number[]; target: number[] }[] {
    const sizes = this.inputSize(size);
    const found = product(this.axes.map((axis, at) => axis.footprint(source[at], sizes[at])));
    return found.map((met) => ({
      tap: met.map(([tap]) => tap),
      target: met.map(([, target]) => target),
    }));
  }

  /** @returns inputs in raster order */
  contributors(target: readonly number[], size: any): Pair[] {
    const sizes = this.inputSize(size);
    const found = product(this.axes.map((axis, at) => axis.contributors(target[at], sizes[at])));
    return found.map((met) => ({
      source: met.map(([source]) => source),
      tap: met.map(([, tap]) => tap),
    }));
  }

  /** @returns per axis, how many pairs meet at each output index */
  overlap(size: any): number[][] {
    const sizes = this.inputSize(size);
    this.outputSize(size);
    return this.axes.map((axis, at) => axis.overlap(sizes[at]));
  }

  toDict() {
    const { kernel_size, stride, padding, output_padding, dilation } = this;
    return { kernel_size, stride, padding, output_padding, dilation };
  }
}

/** @returns every choice of one entry of each, in raster order */
function product<T>(lists: T[][]): T[][] {
  return lists.reduce(
    (found: T[][], list) => found.flatMap((lead) => list.map((entry) => [...lead, entry])),
    [[]],
  );
}

const modulo = (value: number, by: number) => ((value % by) + by) % by;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** @returns what times a number leaves 1 of `by`, which has no divisor in common with it */
function inverse(number: number, by: number): number {
  if (by === 1) return 0;
  return number === 1 ? 1 : by - Math.floor((by * inverse(by % number, number)) / number);
}

export function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new GeometryError("whole_number", { name, value: shown(value), least });
  if (value < least) throw new GeometryError("at_least", { name, value, least });
  return value;
}

function perAxis(name: string, value: any, ndim: number | null, least: number): number[] {
  const values = (Array.isArray(value) ? value : Array(ndim ?? 2).fill(value)).map((entry) =>
    wholeNumber(name, entry, least),
  );
  if (ndim !== null) return broadcast(name, values, ndim, value);
  if (values.length < 1 || values.length > 3)
    throw new GeometryError("dimensions", { name, value: shown(value) });
  return values;
}

function pairs(name: string, value: any, ndim: number): number[][] {
  const entries = Array.isArray(value) ? value : [value];
  return broadcast(
    name,
    entries.map((entry) => pair(name, entry)),
    ndim,
    value,
  );
}

function pair(name: string, entry: any): number[] {
  const both = Array.isArray(entry) ? entry : [entry, entry];
  if (both.length !== 2) throw new GeometryError("pair", { name, value: shown(entry) });
  return both.map((side) => wholeNumber(name, side, 0));
}

function broadcast<T>(name: string, values: T[], ndim: number, typed: unknown): T[] {
  if (values.length === 1) return Array(ndim).fill(values[0]);
  if (values.length !== ndim)
    throw new GeometryError("per_axis", { name, value: shown(typed), ndim });
  return values;
}

function checkOutputPadding(value: number, stride: number, dilation: number) {
  const most = Math.max(stride, dilation) - 1;
  if (value > most) throw new GeometryError("output_padding", { value, stride, dilation, most });
}
