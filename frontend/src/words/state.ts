/** From the words that shape a player to the trace they ask for: twin of deconvviz/player/state.py. */

import { GeometryError } from "../core/errors.ts";
import { resized } from "../core/example.ts";
import { Geometry, wholeNumber } from "../core/geometry.ts";
import { sizeOf, volume } from "../core/grid.ts";
import { once } from "../core/memo.ts";
import { checkNested } from "../core/nested.ts";
import type { Ref } from "../core/ref.ts";
import { isRef } from "../core/ref.ts";
import { shown, tuple } from "../core/shown.ts";
import { checked, Trace } from "../core/trace.ts";
import { checkNumber, checkWork } from "../core/work.ts";
import { entriesOf } from "./axes.ts";
import { readNumbers } from "./numbers.ts";
import type { State } from "./table.ts";
import { DATA, DEFAULTS, PARAMETERS } from "./table.ts";

/**
 * Check the sizes of a state, before anything is computed.
 * @throws GeometryError
 */
export function geometryOf(state: State) {
  for (const name of [...PARAMETERS, "groups", "out_channel"])
    checkNumber(name, state[name as keyof State]);
  const geometry = new Geometry({ ...state, kernel_size: kernelOf(state) });
  const [own, weight] = DATA.map((name) => shapeOf(state, name, geometry.ndim));
  const inputSize = geometry.inputSize(state.input_size ?? own?.slice(1) ?? DEFAULTS.input_size);
  if (own && weight && own[0] !== weight[0])
    throw new GeometryError("in_channels", { value: own[0], expected: weight[0] });
  if (state.bias !== null && !Number.isFinite(state.bias))
    throw new GeometryError("number", { name: "bias", value: shown(state.bias) });
  const channels = (own ?? weight)?.[0] ?? wholeNumber("groups", state.groups, 1);
  groupOf(state, channels);
  const given = [own, weight].map((shape) => volume(shape ?? []));
  checkWork(geometry, inputSize, channels, state.view, state.groups, given);
  return { geometry, inputSize, channels };
}

/** A single number for the kernel has as many axes as the input. */
function kernelOf({ kernel_size: kernel, input_size: size }: State) {
  const counts =
    !Array.isArray(kernel) && Array.isArray(size) && size.length >= 1 && size.length <= 3;
  return counts ? Array(size.length).fill(kernel) : kernel;
}

/**
 * The input channels that the output shown can see: a layer of g groups has one output channel for
 * each here.
 * @param all input channels of the layer
 * @throws GeometryError
 */
export function groupOf(
  { groups, out_channel }: Pick<State, "groups" | "out_channel">,
  all: number,
): { first: number; channels: number } {
  const parts = wholeNumber("groups", groups, 1);
  if (all % parts) throw new GeometryError("groups", { value: parts, channels: all });
  const place = wholeNumber("out_channel", out_channel, 0);
  if (place >= parts)
    throw new GeometryError("below", {
      name: "out_channel",
      value: place,
      bound: parts,
      most: parts - 1,
    });
  const channels = all / parts;
  return { first: place * channels, channels };
}

/** @returns (channels, *size) of own data */
function shapeOf(state: State, name: "input" | "weight", ndim: number): number[] | null {
  const data = state[name];
  if (data === null) return null;
  const size = typeof data === "string" ? sizeOf(readNumbers(data, name)) : evenSize(data, name);
  if (size.length !== ndim + 1)
    throw new GeometryError("planes", {
      name,
      shape: tuple(size),
      ndim,
      channels: ndim + 1,
    });
  return size;
}

/** @throws GeometryError naming the row; lists that were looked through once are trusted */
function evenSize(data: any, name: string): number[] {
  if (!Array.isArray(data)) checkNested(name, data);
  return once(data, "size", () => {
    checkNested(name, data);
    return sizeOf(data);
  });
}

/** @throws GeometryError */
export function traceOf(state: State): Trace {
  const { geometry, inputSize, channels: all } = geometryOf(state);
  const { first, channels } = groupOf(state, all);
  const seen = (data: Float64Array) =>
    data.subarray((first * data.length) / all, ((first + channels) * data.length) / all);
  const input = seen(resized(state.input, inputSize, all, "input"));
  const weight = seen(resized(state.weight, geometry.kernel_size, all, "weight"));
  const trace = new Trace(
    geometry,
    input,
    weight,
    inputSize,
    channels,
    state.bias,
    storyOf(state.view),
    state.turned,
  );
  trace.part = { group: state.out_channel, groups: state.groups };
  return trace;
}

/** A cell that this trace has too; an output may also lie on the rim that padding crops. */
export const stillThere = (trace: Trace, ref: Ref | null) =>
  isRef(ref) && within(ref.index, ends(trace, ref.kind)) ? ref : null;

const within = (index: number[], [first, last]: number[][]) =>
  index.length === first.length && index.every((i, at) => i >= first[at] && i <= last[at]);

/** The first and the last cell of a kind; of outputs, the rim that padding crops is there too. */
function ends({ geometry, inputSize, fullSize, outputSize, direct }: Trace, kind: Ref["kind"]) {
  if (kind !== "y" || direct) {
    const size = { x: inputSize, w: geometry.kernel_size, y: outputSize }[kind];
    return [size.map(() => 0), size.map((n) => n - 1)];
  }
  const rims = geometry.axes.map(({ padding_begin: rim }) => rim);
  return [
    rims.map((rim) => 0 - rim),
    rims.map((rim, axis) => Math.max(outputSize[axis], fullSize[axis] - rim) - 1),
  ];
}

/** Why a step or a cell is not there in a trace, or null if it is. */
export function missing(trace: Trace, name: string, value: any): GeometryError | null {
  if (name === "step" && value >= trace.length)
    return new GeometryError("below", {
      name,
      value,
      bound: trace.length,
      most: trace.length - 1,
    });
  if (name !== "selection" || value === null || stillThere(trace, value)) return null;
  const [first, last] = ends(trace, value.kind).map((index) => `${value.kind}:${index}`);
  return new GeometryError("missing_cell", { value: `${value.kind}:${value.index}`, first, last });
}

/**
 * The words that differ, with their new values. One number stands for all axes.
 * @param before as a player keeps it
 */
export function differing(now: Partial<State>, before: Partial<State>): Partial<State> {
  const ndim = Array.isArray(before.kernel_size) ? before.kernel_size.length : 2;
  const written = (state: Partial<State>, name: string) => {
    const value = (state as any)[name];
    return JSON.stringify(PARAMETERS.includes(name) ? entriesOf(name, value, ndim) : value);
  };
  return Object.fromEntries(
    Object.entries(now).filter(([name]) => written(now, name) !== written(before, name)),
  );
}

/** The story that a view tells: overlap has none of its own, it counts the stamps of scatter. */
export const storyOf = (view: string) => (view === "overlap" ? "scatter" : view);

/** output_padding as a word: of a direct convolution it follows from the size, but for what it cuts. */
export const givenPadding = (geometry: Geometry, direct: boolean) =>
  geometry.axes.map(({ output_padding, cut, stride }) => (direct ? cut * stride : output_padding));

/** @throws GeometryError where a text is no JSON */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GeometryError("json", {});
  }
}

/**
 * The state that a recorded trace asks for.
 * @throws GeometryError
 */
export function stateOf(data: any): Partial<State> {
  const { geometry, size } = checked(data);
  const { input, weight, bias, view, turned = true } = data;
  const output_padding = givenPadding(geometry, view === "direct");
  return {
    ...geometry.toDict(),
    output_padding,
    input_size: size,
    input,
    weight,
    bias,
    view,
    turned,
  };
}
