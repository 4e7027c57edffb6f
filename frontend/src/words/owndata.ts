/** What the state becomes when the reader brings numbers. */

import { GeometryError } from "../core/errors.ts";
import { resized } from "../core/example.ts";
import { nest, sizeOf } from "../core/grid.ts";
import { tuple } from "../core/shown.ts";
import { withAxes } from "./dimensions.ts";
import type { State } from "./table.ts";
import { SIZES } from "./table.ts";

export type Name = "input" | "weight";

const OTHER = { input: "weight", weight: "input" } as const;

/**
 * Own numbers bring their size, and the other data as many channels; groups that no longer divide
 * them are one.
 * @param data nested lists, with channels in front or without
 * @throws GeometryError if their axes do not fit the picture
 */
export function brought(good: State, name: Name, data: any): Partial<State> {
  const ndim = good.kernel_size.length;
  const shape = sizeOf(data);
  const planes = shape.length === ndim ? [data] : data;
  if (sizeOf(planes).length !== ndim + 1)
    throw new GeometryError("planes", {
      name,
      shape: tuple(shape),
      ndim,
      channels: ndim + 1,
    });
  const other = OTHER[name];
  const whole = planes.length % good.groups ? { groups: 1, out_channel: 0 } : {};
  return {
    [name]: planes,
    [SIZES[name]]: sizeOf(planes).slice(1),
    [other]: channelled(good, other, planes.length),
    ...whole,
    selection: null,
  };
}

/** A picture has two axes, whatever was there before. */
export function pictured(good: State, rows: number[][]): Partial<State> {
  const flat = good.kernel_size.length === 2 ? {} : withAxes(good, 2);
  return { ...flat, ...brought({ ...good, ...flat }, "input", rows) };
}

/** Another number of input channels. */
export function withChannels(good: State, channels: number): Partial<State> {
  return {
    input: channelled(good, "input", channels),
    weight: shaped(good, "weight", channels),
    selection: null,
  };
}

/** The numbers of all channels, also of those that another group sees, and their shape. */
export function allOf(good: State, name: Name): [Float64Array, number[]] {
  const [channels, size] = [channelsOf(good), good[SIZES[name]]];
  return [resized(good[name], size, channels, name), [channels, ...size]];
}

/** How many input channels there are; the example has one in every group. */
export const channelsOf = ({ input, weight, groups }: State) => (input ?? weight)?.length ?? groups;

/** The example's numbers again; with several channels one of the two must say how many. */
export function exampled(good: State, name: Name): Partial<State> {
  const channels = channelsOf(good);
  const told = channels === 1 || good[OTHER[name]] !== null;
  return { [name]: told ? null : example(good, name, channels) };
}

export const isExample = (good: State, name: Name) =>
  good[name] === null ||
  JSON.stringify(good[name]) === JSON.stringify(example(good, name, channelsOf(good)));

const example = (good: State, name: Name, channels: number) =>
  nest(resized(null, good[SIZES[name]], channels, name), [channels, ...good[SIZES[name]]]);

/** Data that are the example's stay so, as the other ones say how many channels there are. */
const channelled = (good: State, name: Name, channels: number) =>
  good[name] === null || good[name].length === channels ? good[name] : shaped(good, name, channels);

function shaped(good: State, name: Name, channels: number) {
  const size = good[SIZES[name]];
  const plain = channels === 1 && good.groups === 1 && good[name] === null;
  return plain ? null : nest(resized(good[name], size, channels, name), [channels, ...size]);
}
