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

/**
 * A weight with its axis of output channels, one in every group. A direct convolution has that axis
 * first, and in it the channels of the group.
 */
function layered({ direct, part }: Trace, weight: any[]) {
  if (!direct) return weight.map((kernel) => [kernel]);
  const each = weight.length / part.groups;
  return Array.from({ length: part.groups }, (_, group) =>
    weight.slice(group * each, (group + 1) * each),
  );
}

/**
 * Where begin and end differ, nothing is padded and the window is cut out of the canvas by a
 * slice.
 */
export function torchLines(trace: Trace, arrays: Arrays = arraysOf(trace)) {
  const { geometry, outputSize, part } = trace;
  if (trace.direct) return torchConvLines(trace, arrays);
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
  const bias =
    trace.bias === null ? [] : [`bias = torch.tensor([${repeated(trace)}], dtype=torch.float64)`];
  const given = bias.length ? ", bias" : "";
  return [
    "import torch",
    "",
    tensor("x", arrays.input),
    tensor("w", layered(trace, arrays.weight)),
    ...bias,
    ...(trace.turned ? [] : [`w = w.flip(${spatial(trace)})`]),
    `y = torch.nn.functional.conv_transpose${geometry.ndim}d(x, w${given}${options})${cut}`,
    `print(y[${part.group}])`,
    "",
  ].join("\n");
}

/** The axes of a kernel, which one turns that should not be turned. */
const spatial = ({ geometry }: Trace) => geometry.axes.map((_, at) => at + 2).join(", ");

/** PyTorch's Conv; where begin and end differ, the input is padded first. */
function torchConvLines(trace: Trace, arrays: Arrays) {
  const { geometry, part } = trace;
  const uneven = geometry.axes.some((axis) => axis.padding_begin !== axis.padding_end);
  const sides = [...geometry.padding].reverse().flat().join(", ");
  const options = keywords([
    ["stride", geometry.stride, 1],
    ["padding", geometry.axes.map((axis) => (uneven ? 0 : axis.padding_begin)), 0],
    ["dilation", geometry.dilation, 1],
    ["groups", part.groups, 1],
  ]);
  return [
    "import torch",
    "",
    tensor("x", arrays.input),
    tensor("w", layered(trace, arrays.weight)),
    ...(uneven ? [`x = torch.nn.functional.pad(x, (${sides}))`] : []),
    `y = torch.nn.functional.conv${geometry.ndim}d(x, w${options})${kept(trace)}`,
    `print(y[${part.group}])`,
    "",
  ].join("\n");
}

const tensor = (lead: string, data: any) =>
  `${lead} = torch.tensor(${laid(data, lead.length + " = torch.tensor(".length)}, dtype=torch.float64)`;

/** What is left of the positions of Conv where output_padding cuts some. */
const kept = ({ geometry, outputSize }: Trace) =>
  geometry.axes.some(({ cut }) => cut)
    ? `[:, ${outputSize.map((size) => `:${size}`).join(", ")}]`
    : "";

/** Our own engine takes every geometry as it is. */
export function numpyLines(
  trace: Trace,
  arrays: Arrays = arraysOf(trace),
  view: string = trace.view,
) {
  const { geometry, part, direct } = trace;
  const whole = geometry.axes.map(({ cut, stride }) => cut * stride);
  const array = (name: string, data: any) =>
    `${name} = np.array(${laid(data, name.length + " = np.array(".length)}, dtype=float)`;
  const options = (extra: number[]) =>
    keywords([
      ["bias", trace.bias === null ? null : `[${repeated(trace)}]`, null],
      ["stride", geometry.stride, 1],
      [
        "padding",
        geometry.padding.map(([begin, end]) => (begin === end ? begin : `(${begin}, ${end})`)),
        0,
      ],
      ["output_padding", extra, 0],
      ["groups", part.groups, 1],
      ["dilation", geometry.dilation, 1],
    ]);
  const shown = part.group ? `, out_channel=${part.group}` : "";
  const [kernel, unturned] = trace.turned
    ? ["w", ""]
    : [`np.flip(w, (${spatial(trace)},))`, ", turned=False"];
  const recorded = options(direct ? whole : geometry.output_padding);
  const told =
    geometry.ndim < 3
      ? [`dv.show(dv.record(x, w${recorded}, view="${view}"${unturned}${shown}))`]
      : [];
  return [
    "import numpy as np",
    "import deconvviz as dv",
    "",
    array("x", arrays.input),
    array("w", layered(trace, arrays.weight)),
    direct
      ? `y = dv.conv(x, w${options([0])})${kept(trace)}`
      : `y = dv.conv_transpose(x, ${kernel}${recorded})`,
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
