/** The same computation as lines of Python that run as they are. */

import type { Axis } from "../../core/geometry.ts";
import { nest } from "../../core/grid.ts";
import type { Trace } from "../../core/trace.ts";

/**
 * Arrays of a whole layer: the trace alone holds the channels of one group. nested lists,
 * (channels, *size)
 */
type Arrays = { input: any; weight: any };

const arraysOf = ({ input, weight, channels, inputSize, geometry }: Trace): Arrays => ({
  input: nest(input, [channels, ...inputSize]),
  weight: nest(weight, [channels, ...geometry.kernel_size]),
});

/** A weight with its axis of output channels, one in every group. */
const layered = (weight: any[]) => weight.map((kernel) => [kernel]);

/**
 * Where begin and end differ, nothing is padded and the window is cut out of the canvas by a
 * slice.
 */
export function torchLines(trace: Trace, arrays: Arrays = arraysOf(trace)) {
  const { geometry, outputSize, part } = trace;
  const uneven = (axis: Axis) => axis.padding_begin !== axis.padding_end;
  const options = keywords([
    ["stride", geometry.stride, 1],
    ["padding", geometry.axes.map((axis) => (uneven(axis) ? 0 : axis.padding_begin)), 0],
    [
      "output_padding",
      geometry.axes.map((axis) => (uneven(axis) ? axis.givenBack[1] : axis.output_padding)),
      0,
    ],
    ["dilation", geometry.dilation, 1],
    ["groups", part.groups, 1],
  ]);
  const slices = geometry.axes.map((axis, at) =>
    uneven(axis) ? window(axis, outputSize[at]) : ":",
  );
  const cut = slices.every((slice) => slice === ":") ? "" : `[:, ${slices.join(", ")}]`;
  const tensor = (lead: string) => (data: any) =>
    `${lead} = torch.tensor(${laid(data, lead.length + " = torch.tensor(".length)}, dtype=torch.float64)`;
  const bias =
    trace.bias === null ? [] : [`bias = torch.tensor([${repeated(trace)}], dtype=torch.float64)`];
  const given = bias.length ? ", bias" : "";
  return [
    "import torch",
    "",
    tensor("x")(arrays.input),
    tensor("w")(layered(arrays.weight)),
    ...bias,
    `y = torch.nn.functional.conv_transpose${geometry.ndim}d(x, w${given}${options})${cut}`,
    `print(y[${part.group}])`,
    "",
  ].join("\n");
}

/** Our own engine takes every geometry as it is. */
export function numpyLines(
  trace: Trace,
  arrays: Arrays = arraysOf(trace),
  view: string = trace.view,
) {
  const { geometry, part } = trace;
  const array = (name: string, data: any) =>
    `${name} = np.array(${laid(data, name.length + " = np.array(".length)}, dtype=float)`;
  const options = keywords([
    ["bias", trace.bias === null ? null : `[${repeated(trace)}]`, null],
    ["stride", geometry.stride, 1],
    [
      "padding",
      geometry.padding.map(([begin, end]) => (begin === end ? begin : `(${begin}, ${end})`)),
      0,
    ],
    ["output_padding", geometry.output_padding, 0],
    ["groups", part.groups, 1],
    ["dilation", geometry.dilation, 1],
  ]);
  const shown = part.group ? `, out_channel=${part.group}` : "";
  const told =
    geometry.ndim < 3 ? [`dv.show(dv.record(x, w${options}, view="${view}"${shown}))`] : [];
  return [
    "import numpy as np",
    "import deconvviz as dv",
    "",
    array("x", arrays.input),
    array("w", layered(arrays.weight)),
    `y = dv.conv_transpose(x, w${options})`,
    `print(y[${part.group}])`,
    ...told,
    "",
  ].join("\n");
}

/** The bias shown, for every output channel. */
const repeated = ({ bias, part }: Trace) => Array(part.groups).fill(bias).join(", ");

/** The part of the whole canvas that is kept. */
const window = ({ padding_begin }: Axis, size: number) =>
  `${padding_begin}:${padding_begin + size}`;

/** Only what differs from the default; one value where all axes are alike. */
function keywords(options: [string, any, unknown][]) {
  return options
    .map(([name, values, usual]) => [name, one(values), usual])
    .filter(([, value, usual]) => value !== usual)
    .map(([name, value]) => `, ${name}=${value}`)
    .join("");
}

function one(values: any) {
  if (!Array.isArray(values)) return values;
  const pair = typeof values[0] === "string";
  if (!pair && values.every((value) => value === values[0])) return values[0];
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(", ")})`;
}

/** Nested lists with a row a line, each below the one before. */
function laid(nested: any, column: number): string {
  if (!Array.isArray(nested[0])) return `[${nested.join(", ")}]`;
  return `[${nested.map((part: any) => laid(part, column + 1)).join(`,\n${" ".repeat(column + 1)}`)}]`;
}
