/** The same computation as lines of Python that run as they are. @module */
import { nest } from "./grid.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./geometry.js").Axis} Axis */

/** Where begin and end differ, nothing is padded and the window is cut out of the canvas by a slice. @param {Trace} trace */
export function torchLines(trace) {
  const { geometry, outputSize, channels } = trace;
  const uneven = (/** @type {Axis} */ axis) => axis.padding_begin !== axis.padding_end;
  const options = keywords([
    ["stride", geometry.stride, 1],
    ["padding", geometry.axes.map((axis) => (uneven(axis) ? 0 : axis.padding_begin)), 0],
    ["output_padding", geometry.axes.map((axis) => (uneven(axis) ? axis.givenBack[1] : axis.output_padding)), 0],
    ["dilation", geometry.dilation, 1],
  ]);
  const slices = geometry.axes.map((axis, at) => (uneven(axis) ? window(axis, outputSize[at]) : ":"));
  const cut = slices.every((slice) => slice === ":") ? "" : `[:, ${slices.join(", ")}]`;
  const tensor = (/** @type {string} */ lead) => (/** @type {any} */ data) =>
    `${lead} = torch.tensor(${laid(data, lead.length + " = torch.tensor(".length)}, dtype=torch.float64)`;
  const bias = trace.bias === null ? [] : ["bias = torch.tensor([" + trace.bias + "], dtype=torch.float64)"];
  const given = bias.length ? ", bias" : "";
  return [
    "import torch",
    "",
    tensor("x")(nest(trace.input, [channels, ...trace.inputSize])),
    tensor("w")(nest(trace.weight, [channels, 1, ...geometry.kernel_size])),
    ...bias,
    `y = torch.nn.functional.conv_transpose${geometry.ndim}d(x, w${given}${options})${cut}`,
    "print(y[0])",
    "",
  ].join("\n");
}

/** Our own engine takes every geometry as it is. @param {Trace} trace @param {string} [view] */
export function numpyLines(trace, view = trace.view) {
  const { geometry, channels } = trace;
  const array = (/** @type {string} */ name, /** @type {any} */ data) =>
    `${name} = np.array(${laid(data, name.length + " = np.array(".length)}, dtype=float)`;
  const options = keywords([
    ["bias", trace.bias === null ? null : `[${trace.bias}]`, null],
    ["stride", geometry.stride, 1],
    ["padding", geometry.padding.map(([begin, end]) => (begin === end ? begin : `(${begin}, ${end})`)), 0],
    ["output_padding", geometry.output_padding, 0],
    ["dilation", geometry.dilation, 1],
  ]);
  const told = geometry.ndim < 3 ? [`dv.show(dv.record(x, w${options}, view="${view}"))`] : [];
  return [
    "import numpy as np",
    "import deconvviz as dv",
    "",
    array("x", nest(trace.input, [channels, ...trace.inputSize])),
    array("w", nest(trace.weight, [channels, 1, ...geometry.kernel_size])),
    `y = dv.conv_transpose(x, w${options})`,
    "print(y[0])",
    ...told,
    "",
  ].join("\n");
}

/** The part of the whole canvas that is kept. @param {Axis} axis @param {number} size */
const window = ({ padding_begin }, size) => `${padding_begin}:${padding_begin + size}`;

/** Only what differs from the default; one value where all axes are alike. @param {[string, any, unknown][]} options */
function keywords(options) {
  return options
    .map(([name, values, usual]) => [name, one(values), usual])
    .filter(([, value, usual]) => value !== usual)
    .map(([name, value]) => `, ${name}=${value}`)
    .join("");
}

/** @param {any} values */
function one(values) {
  if (!Array.isArray(values)) return values;
  const pair = typeof values[0] === "string";
  if (!pair && values.every((value) => value === values[0])) return values[0];
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(", ")})`;
}

/** Nested lists with a row a line, each below the one before. @param {any} nested @param {number} column @returns {string} */
function laid(nested, column) {
  if (!Array.isArray(nested[0])) return `[${nested.join(", ")}]`;
  return `[${nested.map((/** @type {any} */ part) => laid(part, column + 1)).join(`,\n${" ".repeat(column + 1)}`)}]`;
}
