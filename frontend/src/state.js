/** The state of a player, and how its words are written: as attributes, in a URL, in Python. @module */
import { isRef } from "./choices.js";
import { GeometryError } from "./errors.js";
import { resized } from "./example.js";
import { Geometry, wholeNumber } from "./geometry.js";
import { sizeOf } from "./grid.js";
import { readNumbers } from "./paste.js";
import { Trace, VIEWS } from "./trace.js";

/**
 * @typedef {object} State
 * @property {any} input_size @property {any} kernel_size @property {any} stride @property {any} padding
 * @property {any} output_padding @property {any} dilation @property {any} input @property {any} weight
 * @property {number | null} bias @property {any} groups @property {any} out_channel the one that is shown
 * @property {string} view @property {number} step @property {boolean} playing
 * @property {number} speed @property {import("./scene.js").Ref | null} selection @property {string} lang
 * @property {string} theme @property {string} controls @property {string} keys
 * @property {boolean} autoplay @property {boolean} loop @property {string} title
 * @property {boolean} predict ask before every step @property {string} exercise "stamp", "zeros", "row" or none
 * @property {boolean} present large letters for a lecture hall
 * @property {string} beside views beside the first where there is room: "auto", "none" or their names, with commas
 */

/** @type {State} */
export const DEFAULTS = {
  input_size: 3,
  kernel_size: 3,
  stride: 1,
  padding: 0,
  output_padding: 0,
  dilation: 1,
  input: null,
  weight: null,
  bias: null,
  groups: 1,
  out_channel: 0,
  view: "scatter",
  step: 0,
  playing: false,
  speed: 1,
  selection: null,
  lang: "en",
  theme: "auto",
  controls: "full",
  keys: "on",
  autoplay: false,
  loop: false,
  title: "",
  predict: false,
  exercise: "",
  present: false,
  beside: "auto",
};

/** The words that shape the computation; a change of one makes a new trace. */
export const PARAMETERS = ["input_size", "kernel_size", "stride", "padding", "output_padding", "dilation"];
const DATA = /** @type {const} */ (["input", "weight"]);
/** Own data bring their size. */
const SIZES = { input: "input_size", weight: "kernel_size" };
export const SHAPING = [...PARAMETERS, ...DATA, "bias", "groups", "out_channel", "view"];

/** More than this is refused: the page would freeze. */
const MOST_PRODUCTS = 4e6;
const MOST_ENTRIES = 2e6;

/** Check the sizes of a state, before anything is computed. @param {State} state @throws {GeometryError} */
export function geometryOf(state) {
  const geometry = new Geometry(state);
  const [own, weight] = DATA.map((name) => shapeOf(state, name, geometry.ndim));
  const inputSize = geometry.inputSize(state.input_size ?? own?.slice(1) ?? DEFAULTS.input_size);
  if (own && weight && own[0] !== weight[0])
    throw new GeometryError("in_channels", { value: own[0], expected: weight[0] });
  if (state.bias !== null && !Number.isFinite(state.bias))
    throw new GeometryError("number", { name: "bias", value: `'${state.bias}'` });
  const channels = (own ?? weight)?.[0] ?? wholeNumber("groups", state.groups, 1);
  const seen = groupOf(state, channels).channels;
  checkWork(geometry, inputSize, seen);
  if (state.view === "matrix") checkMatrix(geometry, inputSize, seen);
  geometry.outputSize(inputSize);
  return { geometry, inputSize, channels };
}

/**
 * The input channels that the output shown can see: a layer of g groups has one output channel for each here.
 * @param {Pick<State, "groups" | "out_channel">} state @param {number} all input channels of the layer
 * @returns {{ first: number, channels: number }}
 * @throws {GeometryError}
 */
export function groupOf({ groups, out_channel }, all) {
  const parts = wholeNumber("groups", groups, 1);
  if (all % parts) throw new GeometryError("groups", { value: parts, channels: all });
  const place = wholeNumber("out_channel", out_channel, 0);
  if (place >= parts) throw new GeometryError("below", { name: "out_channel", value: place, bound: parts, most: parts - 1 });
  const channels = all / parts;
  return { first: place * channels, channels };
}

/** @param {State} state @param {"input" | "weight"} name @param {number} ndim @returns {number[] | null} (channels, *size) of own data */
function shapeOf(state, name, ndim) {
  const data = state[name];
  if (data === null) return null;
  const size = sizeOf(typeof data === "string" ? readNumbers(data, name) : data);
  if (size.length !== ndim + 1)
    throw new GeometryError("planes", { name, shape: `(${size.join(", ")})`, ndim, channels: ndim + 1 });
  return size;
}

/** @param {State} state @returns {Trace} @throws {GeometryError} */
export function traceOf(state) {
  const { geometry, inputSize, channels: all } = geometryOf(state);
  const { first, channels } = groupOf(state, all);
  const seen = (/** @type {Float64Array} */ data) => data.subarray((first * data.length) / all, ((first + channels) * data.length) / all);
  const input = seen(resized(state.input, inputSize, all, "input"));
  const weight = seen(resized(state.weight, geometry.kernel_size, all, "weight"));
  const trace = new Trace(geometry, input, weight, inputSize, channels, state.bias, storyOf(state.view));
  trace.part = { group: state.out_channel, groups: state.groups };
  return trace;
}

/** A cell that this trace has too; an output may also lie on the rim that padding crops. @param {Trace} trace @param {import("./scene.js").Ref | null} ref */
export function stillThere({ geometry, inputSize, fullSize, outputSize }, ref) {
  if (!isRef(ref) || ref.index.length !== geometry.ndim) return null;
  const inside = ref.index.every((i, axis) => {
    const { padding_begin: rim } = geometry.axes[axis];
    if (ref.kind === "y") return i >= -rim && i < Math.max(outputSize[axis], fullSize[axis] - rim);
    return i >= 0 && i < (ref.kind === "x" ? inputSize : geometry.kernel_size)[axis];
  });
  return inside ? ref : null;
}

/** @param {Geometry} geometry @param {number[]} inputSize @param {number} channels */
function checkWork(geometry, inputSize, channels) {
  const products = [...inputSize, ...geometry.kernel_size, channels].reduce((all, n) => all * n, 1);
  const canvas = geometry.fullSize(inputSize).reduce((all, n) => all * n, 1);
  if (Math.max(products, canvas) > MOST_PRODUCTS)
    throw new GeometryError("too_large", { value: Math.max(products, canvas), most: MOST_PRODUCTS });
}

/** The words that differ, with their new values. @param {Partial<State>} now @param {Partial<State>} before @returns {Partial<State>} */
export function differing(now, before) {
  const written = (/** @type {Partial<State>} */ state, /** @type {string} */ name) => JSON.stringify(/** @type {any} */ (state)[name]);
  return Object.fromEntries(Object.entries(now).filter(([name]) => written(now, name) !== written(before, name)));
}

/** @param {Geometry} geometry @param {number[]} inputSize @param {number} channels */
function checkMatrix(geometry, inputSize, channels) {
  const value = [...inputSize, ...geometry.outputSize(inputSize), channels].reduce((all, n) => all * n, 1);
  if (value > MOST_ENTRIES) throw new GeometryError("matrix_too_large", { value, most: MOST_ENTRIES });
}

/** The story that a view tells: overlap has none of its own, it counts the stamps of scatter. @param {string} view */
export const storyOf = (view) => (view === "overlap" ? "scatter" : view);

/** The state that a recorded trace asks for. @param {any} data @returns {Partial<State>} */
export function stateOf(data) {
  // the story of another view need not be here yet
  const { geometry, inputSize } = Trace.fromDict({ ...data, view: VIEWS.includes(data?.view) ? "scatter" : data?.view });
  const { input, weight, bias, view } = data;
  return { ...geometry.toDict(), input_size: inputSize, input, weight, bias, view };
}

/** @type {Record<string, (text: string) => unknown>} */
const READERS = {
  ...Object.fromEntries(PARAMETERS.map((name) => [name, perAxis])),
  input: (text) => data(text, "input"),
  weight: (text) => data(text, "weight"),
  bias: (text) => (text === "null" ? null : number(text)),
  selection: cell,
  groups: whole,
  out_channel: whole,
  step: whole,
  speed: number,
  autoplay: flag,
  loop: flag,
  predict: flag,
  present: flag,
};

/**
 * Read words as attributes and URLs write them: dashes in names, "3", "3,2", "3," and "1:2".
 * @param {Iterable<[string, string]>} pairs @param {number} [ndim] how many axes there are, where no kernel says so
 * @returns {Partial<State>}
 */
export function read(pairs, ndim) {
  /** @type {Record<string, any>} */
  const found = {};
  for (const [key, text] of pairs) {
    const name = key.replaceAll("-", "_");
    if (name in DEFAULTS && name !== "playing")
      found[name] = (READERS[name] ?? String)(text);
  }
  return sized(found, ndim);
}

/** Own data bring their size, unless a size comes with them; one plane needs no channels. @param {Record<string, any>} found @param {number} [ndim] */
function sized(found, ndim) {
  for (const name of DATA.filter((name) => Array.isArray(found[name]))) {
    const depth = sizeOf(found[name]).length;
    const axes = Array.isArray(found.kernel_size) ? found.kernel_size.length : (ndim ?? (depth < 3 ? depth : depth - 1));
    if (depth === axes) found[name] = [found[name]];
    if (depth === axes || depth === axes + 1) found[SIZES[name]] ??= sizeOf(found[name]).slice(1);
    if (axes !== 2 && ndim === undefined) found.kernel_size ??= Array(axes).fill(DEFAULTS.kernel_size);
  }
  return found;
}

/** "3", "3,2", "3," or "1:2,0:1", as attributes write them. @param {string} text @returns {any} */
export function perAxis(text) {
  const entries = text.split(",").map((entry) => entry.trim());
  const values = (entries[entries.length - 1] === "" ? entries.slice(0, -1) : entries).map(sides);
  return entries.length === 1 && !Array.isArray(values[0]) ? (values[0] ?? text) : values;
}

/** @param {string} entry */
const sides = (entry) => (entry.includes(":") ? entry.split(":").map(whole) : whole(entry));

/** A whole number, or the text itself, which geometry then refuses by name. @param {string} text */
export function whole(text) {
  return /^\s*[-−]?\d+\s*$/.test(text) ? Number(text.replace("−", "-")) : text.trim();
}

/** "y:2,3" is output 2, 3; other text stays text, which is then refused by name. @param {string} text */
function cell(text) {
  if (text === "null" || text === "") return null;
  const [, kind, index] = /^\s*([xwy]):(-?\d+(?:,-?\d+)*)\s*$/.exec(text) ?? [];
  return index === undefined ? text : { kind: /** @type {"x" | "w" | "y"} */ (kind), index: index.split(",").map(Number) };
}

/** Own data, or the text itself, which is then refused by name. @param {string} text @param {string} name @returns {unknown} */
function data(text, name) {
  if (text === "null") return null;
  try {
    return readNumbers(text, name);
  } catch {
    return text;
  }
}

/** @param {string} text */
function number(text) {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** An attribute without a value is true. @param {string} text */
function flag(text) {
  return { "": true, true: true, false: false }[text] ?? text;
}
