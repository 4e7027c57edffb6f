/** The live size line: the formula with the numbers filled in, and both sets of parameters. @module */
import { make } from "./dom.js";
import { size } from "./sentences.js";
import { fill } from "./text.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./geometry.js").Geometry} Geometry */

/** @type {Record<string, string>} */
const THINGS = { input: "input", kernel: "kernel", output: "output" };

/** @param {Trace} trace @param {any} ui @param {any} words @returns {Node[]} */
export function sizeLine(trace, ui, words) {
  const { geometry } = trace;
  const formulas = geometry.axes.map((_, axis) => formula(trace, axis, ui));
  const alike = formulas.every((parts) => texts(parts) === texts(formulas[0]));
  const names = words.sizes.axes[geometry.ndim - 1];
  const lines = (alike ? formulas.slice(0, 1) : formulas).map((parts, axis) =>
    make("span", { class: "formula" }, ...(alike ? [] : [fill(words.sizes.of, { axis: names[axis] })]), ...parts),
  );
  return [...lines, make("span", { class: "direct" }, both(trace, words.sizes))];
}

/** @param {Trace} trace @param {number} axis @param {any} ui @returns {(Node | string)[]} */
function formula({ geometry, inputSize, outputSize }, axis, ui) {
  const { kernel_size, stride, padding_begin, padding_end, output_padding, dilation } = geometry.axes[axis];
  const same = padding_begin === padding_end;
  return rich(ui.size.replace("{formula}", ui.formula), {
    input: inputSize[axis],
    stride,
    crop: same ? `2·${padding_begin}` : `(${padding_begin} + ${padding_end})`,
    dilation,
    kernel: kernel_size,
    output_padding,
    output: outputSize[axis],
  });
}

/** A template with its fields in bold, in the colour of their thing. @param {string} template @param {Record<string, unknown>} fields */
function rich(template, fields) {
  return template.split(/(\{\w+\})/).map((part) => {
    const name = part.slice(1, -1);
    return part.startsWith("{") && name in fields ? make("b", { class: THINGS[name] ?? "" }, String(fields[name])) : part;
  });
}

/** Our parameters, and those of the direct convolution that they transpose. @param {Pick<Trace, "geometry" | "inputSize" | "outputSize" | "part">} trace @param {any} words */
export function both({ geometry, inputSize, outputSize, part: { groups } }, words) {
  // from output_padding = stride on, the direct convolution reaches further than our input
  const part = geometry.axes.some(({ output_padding, stride }) => output_padding >= stride);
  return fill(part ? words.part : words.both, {
    ndim: geometry.ndim,
    ours: listed([...words.ours, ...words.of_layer], geometry, groups),
    direct: listed([...words.direct, ...words.of_layer], geometry, groups),
    input: size(inputSize),
    output: size(outputSize),
  });
}

/** What differs from the defaults; kernel, stride and padding always. @param {[string, string, unknown][]} names @param {any} geometry @param {number} groups */
const listed = (names, geometry, groups) =>
  names
    .filter(([name]) => name === "groups" || name in geometry)
    .map(([name, letter, usual]) => ({ letter, value: short(valuesOf(name, geometry, groups)), usual }))
    .filter(({ value, usual }) => value !== String(usual))
    .map(({ letter, value }) => `${letter} ${value}`)
    .join(", ");

/** @param {string} name @param {any} geometry @param {number} groups @returns {unknown[]} */
const valuesOf = (name, geometry, groups) => (name === "groups" ? [groups] : name === "padding" ? geometry.padding.map(sides) : geometry[name]);

/** @param {number[]} pair */
const sides = ([begin, end]) => (begin === end ? String(begin) : `${begin}:${end}`);

/** @param {readonly unknown[]} values one, where all axes are alike */
const short = (values) => (values.every((value) => value === values[0]) ? String(values[0]) : `(${values.join(", ")})`);

/** @param {(Node | string)[]} parts */
const texts = (parts) => parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
