/** What the state becomes when the reader brings numbers. @module */
import { withAxes } from "./dimensions.js";
import { GeometryError } from "./errors.js";
import { resized } from "./example.js";
import { nest, sizeOf } from "./grid.js";
import { SIZES } from "./words/table.js";

/** @typedef {import("./words/table.js").State} State */
/** @typedef {"input" | "weight"} Name */

const OTHER = /** @type {const} */ ({ input: "weight", weight: "input" });

/**
 * Own numbers bring their size, and the other data as many channels; groups that no longer divide them are one.
 * @param {State} good @param {Name} name @param {any} data nested lists, with channels in front or without
 * @returns {Partial<State>}
 * @throws {GeometryError} if their axes do not fit the picture
 */
export function brought(good, name, data) {
  const ndim = good.kernel_size.length;
  const shape = sizeOf(data);
  const planes = shape.length === ndim ? [data] : data;
  if (sizeOf(planes).length !== ndim + 1)
    throw new GeometryError("planes", { name, shape: `(${shape.join(", ")})`, ndim, channels: ndim + 1 });
  const other = OTHER[name];
  const whole = planes.length % good.groups ? { groups: 1, out_channel: 0 } : {};
  return { [name]: planes, [SIZES[name]]: sizeOf(planes).slice(1), [other]: channelled(good, other, planes.length), ...whole, selection: null };
}

/** A picture has two axes, whatever was there before. @param {State} good @param {number[][]} rows @returns {Partial<State>} */
export function pictured(good, rows) {
  const flat = good.kernel_size.length === 2 ? {} : withAxes(good, 2);
  return { ...flat, ...brought({ ...good, ...flat }, "input", rows) };
}

/** Another number of input channels. @param {State} good @param {number} channels @returns {Partial<State>} */
export function withChannels(good, channels) {
  return { input: channelled(good, "input", channels), weight: shaped(good, "weight", channels), selection: null };
}

/** The numbers of all channels, also of those that another group sees, and their shape. @param {State} good @param {Name} name @returns {[Float64Array, number[]]} */
export function allOf(good, name) {
  const [channels, size] = [channelsOf(good), good[SIZES[name]]];
  return [resized(good[name], size, channels, name), [channels, ...size]];
}

/** How many input channels there are; the example has one in every group. @param {State} good */
export const channelsOf = ({ input, weight, groups }) => (input ?? weight)?.length ?? groups;

/** The example's numbers again; with several channels one of the two must say how many. @param {State} good @param {Name} name @returns {Partial<State>} */
export function exampled(good, name) {
  const channels = channelsOf(good);
  const told = channels === 1 || good[OTHER[name]] !== null;
  return { [name]: told ? null : example(good, name, channels) };
}

/** @param {State} good @param {Name} name */
export const isExample = (good, name) =>
  good[name] === null || JSON.stringify(good[name]) === JSON.stringify(example(good, name, channelsOf(good)));

/** @param {State} good @param {Name} name @param {number} channels */
const example = (good, name, channels) => nest(resized(null, good[SIZES[name]], channels, name), [channels, ...good[SIZES[name]]]);

/** Data that are the example's stay so, as the other ones say how many channels there are. @param {State} good @param {Name} name @param {number} channels */
const channelled = (good, name, channels) => (good[name] === null || good[name].length === channels ? good[name] : shaped(good, name, channels));

/** @param {State} good @param {Name} name @param {number} channels */
function shaped(good, name, channels) {
  const size = good[SIZES[name]];
  const plain = channels === 1 && good.groups === 1 && good[name] === null;
  return plain ? null : nest(resized(good[name], size, channels, name), [channels, ...size]);
}
