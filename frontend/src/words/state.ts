/** From the words that shape a player to the trace they ask for: twin of deconvviz/player/state.py. */

import { GeometryError } from "../core/errors.ts";
import { resized } from "../core/example.ts";
import { Geometry, wholeNumber } from "../core/geometry.ts";
import { sizeOf, volume } from "../core/grid.ts";
import type { Ref } from "../core/ref.ts";
import { isRef } from "../core/ref.ts";
import { Trace } from "../core/trace.ts";
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
    throw new GeometryError("number", { name: "bias", value: `'${state.bias}'` });
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
  const size = sizeOf(typeof data === "string" ? readNumbers(data, name) : data);
  if (size.length !== ndim + 1)
    throw new GeometryError("planes", {
      name,
      shape: `(${size.join(", ")})`,
      ndim,
      channels: ndim + 1,
    });
  return size;
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
  );
  trace.part = { group: state.out_channel, groups: state.groups };
  return trace;
}

/** A cell that this trace has too; an output may also lie on the rim that padding crops. */
export function stillThere({ geometry, inputSize, fullSize, outputSize }: Trace, ref: Ref | null) {
  if (!isRef(ref) || ref.index.length !== geometry.ndim) return null;
  const inside = ref.index.every((i, axis) => {
    const { padding_begin: rim } = geometry.axes[axis];
    if (ref.kind === "y") return i >= -rim && i < Math.max(outputSize[axis], fullSize[axis] - rim);
    return i >= 0 && i < (ref.kind === "x" ? inputSize : geometry.kernel_size)[axis];
  });
  return inside ? ref : null;
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

/** The state that a recorded trace asks for. */
export function stateOf(data: any): Partial<State> {
  const { geometry, inputSize } = Trace.fromDict(data);
  const { input, weight, bias, view } = data;
  return { ...geometry.toDict(), input_size: inputSize, input, weight, bias, view };
}
