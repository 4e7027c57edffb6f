/** What happened, step by step: twin of deconvviz/trace/trace.py, held to it by golden traces. */

import { GeometryError } from "./errors.ts";
import { Geometry } from "./geometry.ts";
import { flat, same, sizeOf, unravel, volume } from "./grid.ts";
import { once } from "./memo.ts";
import { checkNested } from "./nested.ts";
import { sentence } from "./sentences.ts";
import { brief, shown, tuple } from "./shown.ts";
import type { Computation, Frame, Phase, Stamped, Step, Story } from "./steps.ts";
import * as direct from "./stories/direct.ts";
import * as gather from "./stories/gather.ts";
import * as matrix from "./stories/matrix.ts";
import * as scatter from "./stories/scatter.ts";
import { checkWork } from "./work.ts";

export const SCHEMA = "deconvviz.trace/1";
const STORIES: Record<string, Story> = { scatter, gather, matrix, direct };
export const VIEWS = Object.keys(STORIES);
const KEYS = ["schema", "view", "geometry", "input", "weight", "bias"];
const PARAMETERS = ["kernel_size", "stride", "padding", "output_padding", "dilation"];

/** One plane of a transposed convolution, told step by step. */
export class Trace implements Computation {
  geometry: Geometry;
  input: Float64Array<ArrayBufferLike>;
  weight: Float64Array<ArrayBufferLike>;
  inputSize: number[];
  /** whether it is one of the convolution that the layer transposes, which reads what that writes */
  direct: boolean;
  /** what the transposed layer reads: of a direct plane, what it writes */
  layerSize: number[];
  channels: number;
  bias: number | null;
  view: string;
  /** false: the window of gather carries the kernel as it is, and finds other sums */
  turned: boolean;
  /** what the inputs stamp: a window that carries the kernel as it is stamps it turned */
  stamps: Float64Array<ArrayBufferLike>;
  /** Which group of its layer this plane belongs to; for words only. */
  part: { group: number; groups: number };
  outputSize: number[];
  fullSize: number[];
  cells: number;
  /** stamps laid so far: steps go forward from here */
  stamped: Stamped;
  sums: Float64Array<ArrayBufferLike>;
  phases: Phase[];
  /** the last step asked for: several parts ask for it in turn */
  told: { index: number; step: Step } | null;
  shown: { index: number; frame: Frame } | null;

  /**
   * @param input (channels, *inputSize) in raster order
   * @param weight (channels, *kernel_size) in raster order
   */
  constructor(
    geometry: Geometry,
    input: Float64Array,
    weight: Float64Array,
    inputSize: number[],
    channels: number,
    bias: number | null = null,
    view: string = "scatter",
    turned: boolean = true,
  ) {
    checkView(view);
    checkWork(geometry, inputSize, channels, view);
    this.direct = view === "direct";
    this.input = input;
    this.weight = weight;
    this.inputSize = geometry.inputSize(inputSize);
    this.channels = channels;
    this.bias = this.direct ? null : bias;
    this.view = view;
    this.turned = turned || view !== "gather";
    this.stamps = this.turned ? weight : flipped(weight, channels);
    this.part = { group: 0, groups: 1 };
    const read = this.direct ? geometry.direct(inputSize) : { geometry, inputSize };
    this.geometry = read.geometry;
    this.layerSize = read.inputSize;
    this.outputSize = this.direct ? this.layerSize : geometry.outputSize(inputSize);
    this.fullSize = this.geometry.fullSize(this.layerSize);
    this.cells = volume(this.inputSize);
    this.stamped = scatter.nothingStamped(this);
    this.sums = this.direct
      ? direct.read(this)
      : scatter.cropped(this, scatter.stampedUntil(this, this.cells * channels).canvas);
    this.phases = phasesOf(STORIES[view].phases(this));
    this.told = null;
    this.shown = null;
  }

  /** @param data what `to_dict` wrote in Python */
  static fromDict(data: any) {
    const { geometry, channels, size } = checked(data);
    const [input, weight] = [data.input, data.weight].map((nested) =>
      Float64Array.from(flat(nested)),
    );
    const turned = data.turned ?? true;
    return new Trace(geometry, input, weight, size, channels, data.bias, data.view, turned);
  }

  /**
   * The same computation, told in another view.
   * @throws GeometryError between "direct" and another view: they read different maps
   */
  withView(view: string) {
    if (this.direct !== (view === "direct"))
      throw new GeometryError("direct_view", { value: view, view: this.view });
    const told = new Trace(
      this.geometry,
      this.input,
      this.weight,
      this.inputSize,
      this.channels,
      this.bias,
      view,
      this.turned,
    );
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

  /** The output of the layer, also where the kernel is not turned. */
  get right() {
    return this.turned ? this.output : once(this, "right", () => this.withView("scatter").output);
  }

  phase(index: number): Phase {
    const found = this.phases.find(({ start, stop }) => index >= start && index < stop);
    if (!found) throw new RangeError(`step (=${index}) must be smaller than ${this.length}`);
    return found;
  }

  step(index: number): Step {
    if (this.told?.index === index) return this.told.step;
    const { name, start } = this.phase(index);
    const step = STORIES[this.view].step(this, name, index - start, index);
    this.told = { index, step };
    return step;
  }

  frame(index: number): Frame {
    if (this.shown?.index === index) return this.shown.frame;
    const { name, start } = this.phase(index);
    const frame = STORIES[this.view].frame(this, name, index - start);
    this.shown = { index, frame };
    return frame;
  }

  sentence(index: number, lang: string = "en") {
    return sentence(this, this.step(index), lang);
  }

  /** @param cell place in raster order */
  inputAt(channel: number, cell: number) {
    return this.input[channel * this.cells + cell];
  }

  /** @param tap place in raster order */
  weightAt(channel: number, tap: number) {
    return this.weight[channel * volume(this.geometry.kernel_size) + tap];
  }

  /** The k-th input that a story visits: raster order, channels innermost. */
  sourceOf(k: number) {
    return {
      channel: k % this.channels,
      source: unravel(Math.floor(k / this.channels), this.inputSize),
    };
  }
}

/** Every kernel, turned by 180 degrees. */
function flipped(weight: Float64Array, channels: number) {
  const taps = weight.length / channels;
  return weight.map((_, at) => weight[Math.floor(at / taps) * taps + taps - 1 - (at % taps)]);
}

function phasesOf(counts: [string, number][]): Phase[] {
  let stop = 0;
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, start: stop, stop: (stop += count) }));
}

/**
 * What a written trace is made of, before anything is computed.
 * @param data what `to_dict` wrote in Python
 * @throws GeometryError if a key is missing, unknown, or holds what no trace has
 */
export function checked(data: any) {
  const schema = isRecord(data) ? data.schema : null;
  if (schema !== SCHEMA)
    throw new GeometryError("schema", { value: shown(schema ?? null), expected: shown(SCHEMA) });
  checkKeys(data, "turned" in data ? [...KEYS, "turned"] : KEYS);
  checkKeys(data.geometry, PARAMETERS);
  const geometry = new Geometry(data.geometry);
  for (const name of ["input", "weight"]) checkNested(name, data[name]);
  const [shape, [rows, ...kernel]] = [sizeOf(data.input), sizeOf(data.weight)];
  checkFit(geometry, shape, rows, kernel);
  const [channels, ...size] = shape;
  if (data.view === "direct") geometry.direct(size);
  else geometry.outputSize(size);
  if (typeof (data.turned ?? true) !== "boolean")
    throw new GeometryError("flag", { name: "turned", value: shown(data.turned) });
  if (data.bias !== null && !Number.isFinite(data.bias))
    throw new GeometryError("number", { name: "bias", value: shown(data.bias) });
  checkView(data.view);
  return { geometry, channels, size };
}

function checkFit(geometry: Geometry, input: number[], rows: number, kernel: number[]) {
  const expected = geometry.kernel_size;
  const axes = geometry.ndim + 1;
  for (const [name, shape] of Object.entries({ input, weight: [rows, ...kernel] }))
    if (shape.length !== axes)
      throw new GeometryError("plane_axes", { name, shape: tuple(shape), axes });
  if (!same(kernel, expected))
    throw new GeometryError("kernel_shape", { value: tuple(kernel), expected: tuple(expected) });
  if (input[0] !== rows)
    throw new GeometryError("in_channels", { value: input[0], expected: rows });
}

function checkView(view: unknown) {
  if (!VIEWS.includes(view as string))
    throw new GeometryError("choice", {
      name: "view",
      value: shown(view),
      choices: VIEWS.join(", "),
    });
}

function checkKeys(data: unknown, expected: string[]) {
  const found = isRecord(data) ? Object.keys(data) : null;
  if (found?.length === expected.length && found.every((key) => expected.includes(key))) return;
  const value = found ? brief(found.join(", ")) : shown(data);
  throw new GeometryError("schema", { value, expected: expected.join(", ") });
}

const isRecord = (data: unknown): data is Record<string, any> =>
  typeof data === "object" && data !== null && !Array.isArray(data);
