/** The live size line: the formula with the numbers filled in, and both sets of parameters. */

import { size } from "../../core/sentences.ts";
import { fill } from "../../core/text.ts";
import type { Trace } from "../../core/trace.ts";
import { listed } from "../../scene/listed.ts";
import { make } from "../dom.ts";

const THINGS: Record<string, string> = { input: "input", kernel: "kernel", output: "output" };

export function sizeLine(trace: Trace, ui: any, words: any): Node[] {
  const { geometry } = trace;
  const formulas = geometry.axes.map((_, axis) => formula(trace, axis, ui));
  const alike = formulas.every((parts) => texts(parts) === texts(formulas[0]));
  const names = words.sizes.axes[geometry.ndim - 1];
  const lines = (alike ? formulas.slice(0, 1) : formulas).map((parts, axis) =>
    make(
      "span",
      { class: "formula" },
      ...(alike ? [] : [fill(words.sizes.of, { axis: names[axis] })]),
      ...parts,
    ),
  );
  return [...lines, make("span", { class: "direct" }, both(trace, words.sizes))];
}

function formula(
  { geometry, inputSize, outputSize, direct }: Trace,
  axis: number,
  ui: any,
): (Node | string)[] {
  const { kernel_size, stride, padding_begin, padding_end, output_padding, dilation, cut } =
    geometry.axes[axis];
  const same = padding_begin === padding_end;
  const template = direct ? ui.direct.replace("{cut}", cut ? ui.cut : "") : ui.formula;
  return rich(ui.size.replace("{formula}", template), ui.terms, {
    cut,
    input: inputSize[axis],
    stride,
    crop: same ? `2·${padding_begin}` : `(${padding_begin} + ${padding_end})`,
    dilation,
    kernel: kernel_size,
    output_padding,
    output: outputSize[axis],
  });
}

/** A template with its fields in bold, in the colour of their thing, and what each is below it. */
const rich = (template: string, names: any, fields: Record<string, unknown>) =>
  template
    .split(/( )/)
    .map((word) => (word.includes("{") ? make("span", {}, ...filled(word, names, fields)) : word));

const filled = (word: string, names: any, fields: Record<string, unknown>) =>
  word.split(/\{(\w+)\}/).map((part, at) => {
    const look = { class: THINGS[part] ?? "", "data-name": names[part] };
    return at % 2 ? make("b", look, String(fields[part])) : part;
  });

/** Our parameters, and those of the direct convolution that they transpose. */
export function both(
  {
    geometry,
    inputSize,
    outputSize,
    direct,
    part: { groups },
  }: Pick<Trace, "geometry" | "inputSize" | "outputSize" | "part" | "direct">,
  words: any,
) {
  // from output_padding = stride on, the direct convolution reaches further than our input
  const part = geometry.axes.some(({ output_padding, stride }) => output_padding >= stride);
  const [all, some] = direct ? [words.transposed, words.transposed_part] : [words.both, words.part];
  return fill(part ? some : all, {
    ndim: geometry.ndim,
    ours: listed([...words.ours, ...words.of_layer], geometry, groups),
    direct: listed([...words.direct, ...words.of_layer], geometry, groups),
    input: size(inputSize),
    output: size(outputSize),
  });
}

const texts = (parts: (Node | string)[]) =>
  parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
