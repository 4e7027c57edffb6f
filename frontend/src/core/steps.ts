/** The facts of a step, and what stories and sentences read of a trace. */
import type { Extent, Geometry } from "./geometry.ts";

export type Step = { phase: string; index: number } & Record<string, any>;
export type Phase = { name: string; start: number; stop: number };
/** What there is to see after one step; see Frame in deconvviz/trace/steps.py. */
export interface Frame {
  values: Float64Array;
  /** of values */
  size: number[];
  output: Float64Array;
  done: number;
  window: number[][];
  extents: Extent[];
  turned: boolean;
}
export interface Story {
  phases: (trace: Computation) => [string, number][];
  step: (trace: Computation, phase: string, k: number, index: number) => Step;
  frame: (trace: Computation, phase: string, k: number) => Frame;
}

/** The canvas after `done` stamps, and how many products each cell holds. */
export type Stamped = { done: number; canvas: Float64Array; counts: Uint32Array };

/** A plane of a transposed convolution: what there is to tell. */
export interface Computation {
  geometry: Geometry;
  /** (channels, *inputSize) in raster order */
  input: Float64Array;
  /** (channels, *kernel_size) in raster order */
  weight: Float64Array;
  inputSize: number[];
  /** false: the window of gather carries the kernel as it is */
  turned: boolean;
  /** what the inputs stamp */
  stamps: Float64Array;
  /** whether it is one of the convolution that the layer transposes */
  direct: boolean;
  /** what the transposed layer reads */
  layerSize: number[];
  outputSize: number[];
  fullSize: number[];
  channels: number;
  bias: number | null;
  /** input cells of one channel */
  cells: number;
  /** the outputs before the bias */
  sums: Float64Array;
  /** stamps laid so far: steps go forward from here */
  stamped: Stamped;
  inputAt: (channel: number, cell: number) => number;
  weightAt: (channel: number, tap: number) => number;
  sourceOf: (k: number) => { channel: number; source: number[] };
}
